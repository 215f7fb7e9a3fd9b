/**
 * Emoji in Français: Unicode CLDR 48.2.0, © Unicode, Inc., Unicode-3.0 (LICENSE-DATA).
 * Written by bin/emoji-data, read by model/emoji-search.js.
 */

export default `
[faces]
😀 visage rieur|content dents emoticone grand sourire heureux joyeux rire super tres souriant
😃 visage souriant avec de grands yeux|content dents emoticone formidable sourire heureux super tres la bouche ouverte
😄 visage très souriant aux yeux rieurs|content emoticone grand sourire heureux joyeux lol mdr rire mignon avec la bouche ouverte et les souriants
😁 visage souriant aux yeux rieurs|content dents emoticone grand sourire heureux toutes ses super avec souriants
😆 visage souriant avec yeux plissés|ahah bouche content emoticone lol mdr rire sourire ouverte et fermes
😅 visage souriant avec une goutte de sueur|emoticone excite sourire nerveux stresse sueurs froides
🤣 se rouler par terre de rire|content drole emoticone hilare joyeux larmes lol mdr pleurer aux tordre visage qui rit
😂 visage riant aux larmes|content emoticone heureux joie lol mdr pleurer de rire sourire
🙂 visage avec un léger sourire|content emoticone heureux souriant
🙃 tête à l’envers|emoticone incroyable renversee visage
🫠@14 visage qui fond|disparaitre fondre gene liquefie liquide sarcasme se dissoudre
😉 visage faisant un clin d’œil|blague emoticone flirter plaisanter sexy
😊 visage souriant avec yeux rieurs|content emoticone heureux oeil rougir satisfait sourire qui rougit souriants
😇 visage souriant avec auréole|angelique beni bible emoticone heureux innocent paix sourire spirituel
🥰 visage souriant avec cœurs|adorer aimer amour beguin je smiley sourire
😍 visage souriant avec yeux en forme de cœur|amoureux emoticone oeil romantique sourire
🤩 visage avec des étoiles à la place des yeux|dans les grand sourire heureux presse surexcite tete wow
😘 visage envoyant un bisou|amour baiser bise et coeur bonjour bonne nuit embrasser emoticone je aime qui fait une avec
😗 visage faisant un bisou|amour baiser bise embrasser emoticone je aime petit qui fait une
☺️ visage souriant|content decontracte detendu emoticone heureux sourire avec les yeux fermes
😚 visage faisant un bisou avec les yeux fermés|baiser bise embrasser emoticone rougir qui fait une rougissant
😙 visage aux yeux rieurs faisant un bisou|amour baiser bise embrasser emoticone gros je aime sourire souriants qui fait une fermes
🥲@13 visage souriant avec une larme|emu fier heureux reconnaissant smiley soulage touche
😋 miam|bon content delicieux emoticone faim heureux langue manger savourer sourire visage souriant qui tire
😛 visage qui tire la langue|cool emoticone genial super
😜 visage qui tire la langue et fait un clin d’œil|amusant blague emoticone fou loufoque marrant rigolo
🤪 tête de fou|grand large oeil petit folle yeux fous
😝 visage qui tire la langue les yeux plissés|degoutant emoticone gout horrible oeil omd on ne vit une fois peu importe et fermes
🤑 argent dans les yeux et la bouche|dollars emoticone
🤗 visage qui fait un câlin|emoticone gentil mains
🤭 visage avec une main sur la bouche|malin oops oups rigole secret surprise devant
🫢@14 visage avec yeux ouverts et main sur la bouche|choque embarrasse etonne gene impressionne stupefait surpris
🫣@14 visage qui regarde entre ses doigts|captive effraye fascine jeter un coup oeil regarder fixement cacher timide
🤫 visage avec un doigt sur la bouche|chut pas bruit silence tete qui dit
🤔 visage en pleine réflexion|emoticone hum mediter penser reflechir
🫡@14 visage qui fait un salut militaire|armee bonne chance compris ok oui respect
🤐 visage avec bouche fermeture éclair|cousue emoticone motus taire secret
🤨 visage avec les sourcils relevés|euh hein incredule mefiant pas vrai quoi sceptique surprise tete leve
😐 visage neutre|emoticone gene ni chaud froid pas drole peu importe rester de marbre sans commentaires rire expression
😑 visage sans expression|emoticone inexpressif mecontent neutre peu importe
😶 visage sans bouche|emoticone muet rien dire neutre commentaires expression voix taire secret silence sourdine
🫥@14 visage en pointillés|deprime disparaitre introverti invisible se cacher
😶‍🌫️@13.1 visage dans les nuages|brouillard distrait
😏 visage avec un sourire malin|arrogant charmeur emoticone ricaner ruse seducteur suffisant suspicieux
😒 visage blasé|bizarre emoticone enerve fache jaloux pas content peu importe qui ennuie
🙄 visage roulant des yeux|agace emoticone excede incredulite roulement qui leve les au ciel
😬 visage grimaçant|dents emoticone gene grimace rien sourire
😮‍💨@13.1 visage expirant|chuchoter decourage decu expiration extenue fatigue siffler souffler soulagement soupir sursaut
🤥 visage de menteur|emoticone mensonge pinocchio dont le nez allonge
🫨@15 visage secoué|choc etourdi fou omg ouah panique surprenant tremblement de terre vibration
🙂‍↔️@15.1 tête secouée horizontalement|non secouer
🙂‍↕️@15.1 tête secouée verticalement|hochement de oui
😌 visage soulagé|calme emoticone serenite soulagement zen
😔 visage pensif|abattu decu emoticone horrible mort perdu triste
😪 visage endormi|emoticone fatigue larme pleurer sommeil triste
🤤 visage qui bave|baver delicieux emoticone mmh
😴 visage somnolent|bonne nuit coucher dormir emoticone endormi fatigue sieste sommeil zzz
🫩@16 visage avec des valises sous les yeux|ensommeile epuise fatigue sommeil
😷 visage avec masque|bacteries dentiste docteur emoticone germes malade chirurgical medecin rhume
🤒 visage avec thermomètre|indispose malade
🤕 visage avec bandage autour de la tête|aie blessure bobo emoticone pansement un
🤢 visage nauséeux|degoutant ecoeure emoticone malade vert qui la vomir
🤮 visage qui vomit|gerber malade tete vomissure
🤧 visage qui éternue|tes souhaits atchoum emoticone eternuement eternuer fievre grippe malade mouchoir rhume se moucher
🥵 visage rouge et chaud|chaleur coup de fievre suer toute transpiration trop
🥶 visage bleu et froid|caille gele gelure glace glacial glacon
🥴 visage éméché|bouche ondulee bourree dans les vapes hebete pas clair pompette rond saoul souler tete qui tourne
😵 visage étourdi|emoticone fatigue malade mort tournis avec le
😵‍💫@13.1 visage aux yeux en spirales|confusion etourdi hagard malade nausee ouh la tete qui tourne
🤯 tête qui explose|choc surprise choquee
🤠 visage avec chapeau de cowboy
🥳 visage festif|anniversaire celebration chapeau pointu emoticone fete heureux hourra joyeux sifflet de youpi
🥸@13 visage déguisé|deguisement espion faux nez grimer incognito lunettes moustache postiche smiley sourcils ebouriffes
😎 visage avec lunettes de soleil|cool pose tranquille
🤓 visage de geek|doue fute idiot intelligent lunettes personne premier la classe ringard surdoue tronche
🧐 visage avec un monocle|classe collet monte fortune riche tete vieux jeu
😕 visage confus|desole emoticone ennuye je ne sais pas triste
🫤@14 visage avec bouche en diagonale|bof confus decu euh frustration incertain sceptique
😟 visage inquiet|anxieux emoticone preoccupe stresse surpris triste
🙁 visage légèrement mécontent|emoticone triste
☹️ visage mécontent|emoticone malheureux triste
😮 visage avec bouche ouverte|bee choque emoticone epate incroyable omd oubli surpris la etonne
😯 visage ébahi|emoticone incroyable omd sans voix stupefait stupeur surpris la bouche ouverte
😲 visage stupéfait|choc choque emoticone etonne impossible incroyable omd
😳 visage qui rougit|chaud comment ebahi emoticone etonne gene impressionne incredule incroyable quoi rouge
🫪@17 visage déformé|anxiete bouffi choc gonfle panique surprise vulnerabilite
🥺 visage implorant|embarrasse excuse gros yeux pardon pitie il te plait supplication supplie de chiens battus
🥹@14 visage retenant ses larmes|admiration emu fierte gratitude de joie pleurs retenir triste
😦 visage mécontent avec bouche ouverte|decu effraye emoticone peur pris au depourvu surpris
😧 visage angoissé|comment emoticone hein mecontent oubli peur quoi stresse surpris terrifie
😨 visage effrayé|anxieux apeure bleme emoticone inquiet peur terrifie
😰 visage anxieux avec goutte de sueur|aah bouche bee effraye emoticone mince nerveux peur bleue sueurs froides terrifie en ouverte
😥 visage triste mais soulagé|decu emoticone ouf pfiou sueur
😢 visage qui pleure|emoticone horrible larmes malheureux pleurer triste
😭 visage qui pleure à chaudes larmes|emoticone malheureux pleurer pleurs sangloter triste
😱 visage qui hurle de peur|choque cri effraye munch omd surpris terreur
😖 visage déconcerté|confus emoticone fache frustre irrite triste yeux fermes
😣 visage persévérant|concentre emoticone mal de tete migraine
😞 visage déçu|abattu affreux decourage emoticone malheureux tort triste
😓 visage démoralisé avec goutte de sueur|emoticone mal tete migraine mince ouf peur triste et sueurs froides
😩 visage épuisé|echec emoticone faim fatigue mecontent non pleurer sommeil triste las
😫 visage fatigué|contrarie emoticone mecontent triste
🥱 visage bâillant|bailler dormir emoticone ennui fatigant fatigue sieste
😤 visage avec fumée sortant des narines|colere emoticone enerve fache mecontent triomphe victoire
😡 visage boudeur|colere emoticone enerve exaspere fache furieux mecontent rageur rouge de sourcils fronces
😠 visage en colère|emoticone exaspere fache frustre mecontent rageur sourcils fronces
🤬 visage avec des symboles dans la bouche|censure colere gros mots insulter insultes jurer juron tete sur
😈 visage souriant avec des cornes|emoticone fache fantastique sourire
👿 visage en colère avec des cornes|demon diable diablotin emoticone fantastique malicieux mauvais
💀 crâne|corps dead fantastique je suis mort squelette tete visage yolo
☠️ tête de mort|crane os
💩 tas de crotte|bande dessinee bd caca excrement odeur popo puer sentir mauvais visage
🤡 visage de clown|emoticone maquillage
👹 ogre|creature effrayant fantastique japonais masque monstre
👺 monstre japonais|colere creature fantastique farfadet masque mechant
👻 fantôme|blague bouh creature effrayant fantastique halloween hanter monstre peur visage de
👽 alien|creature emoticone espace extraterrestre monstre ovni science fiction visage
👾 monstre de l’espace|alien creature envahisseur extraterrestre fantastique jeu video ovni pixels
🤖 robot|androide automate machine monstre visage de
😺 chat qui sourit|animal bouche ouverte sourire visage
😸 chat qui sourit avec des yeux rieurs|animal un grand sourire visage souriants
😹 chat qui pleure de joie|animal rit aux larmes lol mdr pleurer rire
😻 chat souriant aux yeux en cœurs|amoureux avec des dans les sourire
😼 chat avec sourire en coin|animal ironique narquois tete de visage
😽 chat qui fait un bisou|animal baiser bise une avec les yeux fermes embrasser tete de
🙀 chat fatigué|animal inquiet oh surpris tete de avec la bouche ouverte visage
😿 chat qui pleure|animal larme pleurer tete de triste visage
😾 chat qui boude|animal bouder colere desaccord ennui tete visage
🙈 singe ne rien voir|animal cache effraye embarras gene geste interdit pas non omd oubli peur vu entendu secret visage yeux
🙉 singe ne rien entendre|animal ecouter geste interdit pas non oreilles vu entendu secret sourd visage
🙊 singe ne rien dire|animal bouche cousue chut geste interdit motus muet non parler taire secret silence visage
💌 lettre d’amour|coeur saint valentin
💘 cœur et flèche|amour transperce cupidon sentiment
💝 cœur avec ruban|amour anniversaire saint valentin sentiment
💖 cœur étincelant|amour etincelles sentiment
💗 cœur grandissant|amour battant qui pulsations sentiment
💓 cœur battant|amour cardio qui pulsations sentiment
💞 cœurs qui tournent|amour anniversaire deux sentiment tourbillon
💕 deux cœurs|amour anniversaire roses petits rendez vous sentiment
💟 décoration avec cœur|amour blanc decore violet sentiment
❣️ cœur point d’exclamation|amour ponctuation
💔 cœur brisé|amour malheureux sentiment separe triste
❤️‍🔥@13.1 cœur enflammé|amour desir feu passion
❤️‍🩹@13.1 cœur avec bandages|reconforter reparer soigner
❤️ cœur rouge|amour sentiment
🩷@15 cœur rose|143 adorable aimer amour emotion jtm mignon
🧡 cœur orange
💛 cœur jaune|amour sentiment
💚 cœur vert|amour sentiment
💙 cœur bleu|amour sentiment
🩵@15 cœur bleu clair|143 aimer amour ciel cyan emotion jtm mignon special
💜 cœur violet|amour sentiment
🤎 cœur marron|brun
🖤 cœur noir
🩶@15 cœur gris|143 amour ardoise argente emotion jtm special
🤍 cœur blanc
💋 trace de rouge à lèvres|baiser bise bisou bouche embrasser rendez vous sexy
💯 cent points|100 score
💢 symbole de colère|bande dessinee bd furieux
🫯@17 nuage de colère|bagarre combat desaccord discussion dispute grabuge lutte
💥 explosion|bande dessinee bd bombe boum collision detonation etincelles
💫 étourdissement|bande dessinee bd etincelles filante tournis voir etoiles
💦 gouttes de sueur|bande dessinee bd eau eclabousser eclaboussures effort entrainement
💨 décamper|bande dessinee bd deguerpir detaler filer fumee nuage partir en courant pet vent vite
🕳️ trou
💬 bulle de parole|bande dessinee bd dialogue ecrire message sms
👁️‍🗨️ œil dans une bulle de BD|bande dessinee temoin voir
🗨️ bulle de parole gauche|dialogue
🗯️ bulle colère droite|bande dessinee bd crier hurler
💭 bulle de pensée|bande dessinee bd idee imaginer inventer invention penser rever
💤 endormi|bande dessinee bd bonne nuit dormir fatigue ronfler zzz
[people]
👋+ signe de la main|bientot plus tard au revoir bonjour bye coucou hello il quelqu un qui salue salut
🤚+ dos de main levée
🖐️+ main levée doigts écartés|paume stop
✋+ main levée|feuille paume de la stop tope
🖖+ salut vulcain|doigts main spock star trek
🫱+@14 main vers la droite|serrer tenir
🫲+@14 main vers la gauche|serrer tenir
🫳+@14 main paume vers le bas|chasser choisir faire partir laisser tomber ouste rejeter
🫴+@14 main paume vers le haut|appeler de la attirer faire venir offre
🫷+@15 main qui pousse vers la gauche|arreter attendre bloquer halte high five pousser refuser stop tape en cinq top
🫸+@15 main qui pousse vers la droite|arreter attendre bloquer halte high five pousser refuser stop tape en cinq top
👌+ ok|compris accord geste main nickel parfait super tout va bien
🤌+@13 bout des doigts joints|agacement argumentation geste interrogation parler avec les mains patience silence
🤏+ pouce et index rapprochés|deux doigts petite quantite somme peu un
✌️+ V de la victoire|ciseaux doigts main paix et amour peace and love
🤞+ doigts croisés|bonne chance main
🫰+@14 main avec index et pouce croisés|amour argent cher claquer des doigts coeur
🤟+ signe je t’aime|amour geste pour ily main trois doigts
🤘+ cornes avec les doigts|du diable main rock roll yeah
🤙+ signe appel téléphonique avec les doigts|main telephone
👈+ main avec index pointant à gauche|doigt pointe vers la
👉+ main avec index pointant à droite|doigt pointe vers la
👆+ main avec index pointant vers le haut|doigt montrer
🖕+ doigt d’honneur|main majeur
👇+ main avec index pointant vers le bas|doigt montrer
☝️+ index pointant vers le haut|doigt pointe main moi
🫵+@14 index pointant vers l’utilisateur|pointer toi
👍+ pouce vers le haut|bien compris accord genial main moi aussi ok oui leve super top
👎+ pouce vers le bas|main mauvais non nul baisse
✊+ poing levé|main pierre serre solidarite
👊+ poing de face|absolument battre boum correct coup accord main mon pote serrer
🤛+ poing à gauche|fistbump main
🤜+ poing à droite|main
👏+ applaudissements|bien joue bon travail bravo felicitations formidable geste mains qui applaudissent super
🙌+ mains levées|air geste hourra en youpi
🫶+@14 mains qui forment un cœur|amour
👐+ mains ouvertes|ecartees
🤲+ paume contre paume doigts vers le haut|esperer mains paumes des ensemble priere
🤝+ poignée de main|accord mains marche conclu presentation rencontre serrer la
🙏+ mains en prière|demander felicitations une contre autre merci il te plait vous salut se taper dans la tope
✍️+ main qui écrit|ecrire
💅+ vernis à ongles|cosmetiques manucure maquillage peu importe ennuyer
🤳+ selfie|appareil photo telephone
💪+ biceps contracté|bande dessinee bd bodybuilding corps culturisme entrainement exercice force halterophilie muscles soulever
🦾 bras mécanique|accessibilite robot handicap prothese de
🦿 jambe mécanique|accessibilite handicap artificielle robot prothese de
🦵+ jambe|coup de pied cuisse flechi genoux membre
🦶+ pied|cheville coup de pas lourd
👂+ oreille|corps ecouter entendre ouie son
🦻+ oreille appareillée|accessibilite handicap malentendant prothese auditive sonotone sourd surdite
👃+ nez|corps narines odeur sentir
🧠 cerveau|intelligente
🫀@13 cœur|anatomie de battements cardiologie organe pouls pulsation
🫁@13 poumons|anatomie expiration inspiration organe respiration respirer souffle
🦷 dent|carie dentiste email diamant
🦴 os|chien halloween squelette
👀 yeux|chercher corps coup oeil regarder visage voir
👁️ œil|corps
👅 langue|corps lecher
👄 bouche|baiser beaute bise bisou corps embrasser levres rouge
🫦@14 lèvres qui se mordent|anxieux flirt inquiet mordue mal aise nerveux
👶+ bébé|emoticone enceinte enfant nouveau ne petit
🧒+ enfant|genre neutre jeune non
👦+ garçon|emoticone enfant jeune personne
👧+ fille|couettes emoticone enfant grands yeux jeune nattes personne petite tresses vierge visage zodiaque
🧑+ adulte|genre neutre non
👱+ personne blonde|cheveux garcon homme humain tete visage
👨+ homme|ami garcon personne petit pote
🧔+ personne barbue|barbe avec une
🧔‍♂️+@13.1 homme barbu|barbe
🧔‍♀️+@13.1 femme barbue|barbe
👨‍🦰+ homme : cheveux roux|ami garcon personne petit pote
👨‍🦱+ homme : cheveux bouclés|ami garcon personne petit pote
👨‍🦳+ homme : cheveux blancs|ami garcon personne petit pote
👨‍🦲+ homme : chauve|ami garcon personne petit pote
👩+ femme|blonde coupe de cheveux personne
👩‍🦰+ femme : cheveux roux|blonde coupe de personne
🧑‍🦰+ adulte : cheveux roux|genre neutre non
👩‍🦱+ femme : cheveux bouclés|blonde coupe de personne
🧑‍🦱+ adulte : cheveux bouclés|genre neutre non
👩‍🦳+ femme : cheveux blancs|blonde coupe de personne
🧑‍🦳+ adulte : cheveux blancs|genre neutre non
👩‍🦲+ femme : chauve|blonde coupe de cheveux personne
🧑‍🦲+ adulte : chauve|genre neutre non
👱‍♀️+ femme blonde|cheveux personne
👱‍♂️+ homme blond|cheveux
🧓+ personne âgée|adulte genre neutre non
👴+ homme âgé|chauve emoticone grand pere papi personne agee sage vieux monsieur
👵+ femme âgée|blonde dame emoticone grand mere mamie personne sage
🙍+ personne fronçant les sourcils|contrariee decue embetee femme froncer genee geste mecontente pas contente triste
🙍‍♂️+ homme fronçant les sourcils|froncement geste mecontent renfrogne
🙍‍♀️+ femme fronçant les sourcils|froncement geste
🙎+ personne qui boude|bouder decue enervee expression fachee faire la tete femme froncer les sourcils geste inquiete moue
🙎‍♂️+ homme qui boude|bouder faire la moue geste
🙎‍♀️+ femme qui boude|geste
🙅+ personne faisant un geste d’interdiction|aucune chance bloquer femme impossible interdit main niet non pas possible stop
🙅‍♂️+ homme faisant un geste d’interdiction|interdit main non
🙅‍♀️+ femme faisant un geste d’interdiction|interdit main
🙆+ personne faisant un geste d’acceptation|accord danser exercice femme grandir lever les bras main ok
🙆‍♂️+ homme faisant un geste d’acceptation|accord main ok
🙆‍♀️+ femme faisant un geste d’acceptation|accord main ok
💁+ personne paume vers le haut|aide diva femme information insouciante main peu importe potins pretentieuse sarcastique sophistique
💁‍♂️+ homme paume vers le haut|aide apporter diva avec informations insolent main peu importe potins sarcastique
💁‍♀️+ femme paume vers le haut
🙋+ personne qui lève la main|compte sur moi content femme geste ici je sais levee participer presente
🙋‍♂️+ homme qui lève la main|geste je sais levee moi personne repondre
🙋‍♀️+ femme qui lève la main|geste levee
🧏+ personne sourde|accessibilite entendre malentendant oreille surdite
🧏‍♂️+ homme sourd|accessibilite entendre malentendant oreille
🧏‍♀️+ femme sourde|accessibilite entendre malentendant oreille
🙇+ personne qui s’incline|confus desole excuses geste gronder ai compris ok pardon inclinee
🙇‍♂️+ homme qui s’incline|desole geste
🙇‍♀️+ femme qui s’incline|desolee excuses se prosterne geste inclinee meditation mediter
🤦+ personne avec la paume sur le visage|drame exasperation femme geste incredulite incroyable en peux plus main pas possible de
🤦‍♂️+ homme avec la paume sur le visage|encore exasperation incredulite incroyable main oh non oubli personne
🤦‍♀️+ femme avec la paume sur le visage|encore exasperation incredulite incroyable crois pas main oh non oubli personne
🤷+ personne qui hausse les épaules|aucune idee est comme ca doute femme haussement ignorance indifference je ne sais pas peut etre que faire sait
🤷‍♂️+ homme qui hausse les épaules|aucune idee doute haussement ignorance indifference pas moi personne rien vu sais
🤷‍♀️+ femme qui hausse les épaules|aucune idee doute haussement ignorance indifference je sais pas moi personne rien vu
🧑‍⚕️+ professionnel de la santé (tous genres)|docteur infirmier medecin therapeute
👨‍⚕️+ professionnel de la santé|docteur homme medicale infirmier medecin metier
👩‍⚕️+ professionnelle de la santé|docteure femme medicale infirmiere medecin metier
🧑‍🎓+ étudiant (tous genres)|diplome etudiante
👨‍🎓+ étudiant|diplome homme
👩‍🎓+ étudiante|diplomee femme
🧑‍🏫+ personnel enseignant|enseignante formateur formatrice professeur
👨‍🏫+ enseignant|homme instituteur instructeur metier professeur
👩‍🏫+ enseignante|femme institutrice instructrice professeure
🧑‍⚖️+ juge|balance
👨‍⚖️+ juge homme|balance justice metier
👩‍⚖️+ juge femme|balance justice metier
🧑‍🌾+ fermier (tous genres)|fermiere jardiniere
👨‍🌾+ fermier|agriculteur homme jardinier metier
👩‍🌾+ fermière|agricultrice femme jardiniere metier
🧑‍🍳+ cuisinier (tous genres)|chef cuisiniere
👨‍🍳+ cuisinier|chef homme metier
👩‍🍳+ cuisinière|chef femme metier
🧑‍🔧+ mécanicien (tous genres)|artisan electricienne mecanicienne plombier
👨‍🔧+ mécanicien|electricien homme mecanique metier ouvrier plombier
👩‍🔧+ mécanicienne|electricienne femme mecanique metier ouvriere plombier
🧑‍🏭+ ouvrier (tous genres)|assemblage industrie ouvriere usine
👨‍🏭+ ouvrier|assemblage homme industrie metier montage usine
👩‍🏭+ ouvrière|assemblage femme industrie metier montage usine
🧑‍💼+ employé de bureau (tous genres)|affaires architecte employee
👨‍💼+ employé de bureau|affaires architecte cadre directeur homme metier
👩‍💼+ employée de bureau|affaires architecte cadre directrice femme metier
🧑‍🔬+ scientifique|chimiste
👨‍🔬+ scientifique homme|biologiste chimiste ingenieur mathematicien metier physicien
👩‍🔬+ scientifique femme|biologiste chimiste ingenieure mathematicienne metier physicienne
🧑‍💻+ informaticien (tous genres)|developpeur developpeuse informaticienne logiciels technologie
👨‍💻+ informaticien|codeur developpeur homme inventeur logiciels metier technologie
👩‍💻+ informaticienne|codeuse developpeuse femme inventrice logiciels metier technologie
🧑‍🎤+ chanteur (tous genres)|artiste chanteuse rock star
👨‍🎤+ chanteur|acteur artiste homme metier rockeur star
👩‍🎤+ chanteuse|actrice artiste femme metier rockeuse star
🧑‍🎨+ artiste|palette
👨‍🎨+ artiste homme|metier palette peintre
👩‍🎨+ artiste femme|metier palette peintre
🧑‍✈️+ pilote|avion
👨‍✈️+ pilote homme|avion metier
👩‍✈️+ pilote femme|avion metier
🧑‍🚀+ astronaute|fusee
👨‍🚀+ astronaute homme|casque cosmonaute espace fusee metier spationaute
👩‍🚀+ astronaute femme|casque cosmonaute espace fusee metier spationaute
🧑‍🚒+ pompier|camion de pompiers
👨‍🚒+ pompier homme|camion de pompiers casque metier
👩‍🚒+ pompier femme|camion de pompiers casque metier
👮+ officier de police|autorite flic homme loi metier personne policier tenue uniforme
👮‍♂️+ policier|flic homme officier police
👮‍♀️+ policière|autorite femme flic loi metier officier personne police tenue uniforme
🕵️+ détective|enqueteur espion homme
🕵️‍♂️+ détective homme|enqueteur espion
🕵️‍♀️+ détective femme|enqueteuse enquetrice espionne
💂+ garde|buckingham palace casque homme londres
💂‍♂️+ garde homme
💂‍♀️+ garde femme|buckingham palace casque londres metier
🥷+@13 ninja|assassin combat furtif guerrier masque personne sabre secret soldat
👷+ personnel du bâtiment|btp casque chantier construction homme metier ouvrier reparer
👷‍♂️+ ouvrier du bâtiment|homme
👷‍♀️+ ouvrière du bâtiment|casque de chantier femme metier
🫅+@14 personne avec une couronne|monarque noble royal royaute
🤴+ prince|couronne royal royaute
👸+ princesse|conte de fees couronne fantastique personne reine
👳+ personne en turban|homme avec oriental visage
👳‍♂️+ homme en turban
👳‍♀️+ femme en turban|avec
👲+ homme avec casquette chinoise|mao chapeau
🧕+ femme avec foulard|bandana un voile hijab mantilla tichel
🤵+ personne en smoking|elegant homme mariee
🤵‍♂️+@13 homme en smoking
🤵‍♀️+@13 femme en smoking
👰+ personne mariée avec voile|mariage
👰‍♂️+@13 homme avec voile
👰‍♀️+@13 femme avec voile
🤰+ femme enceinte
🫃+@14 homme enceint|enceinte grossesse personne trop mange ventre
🫄+@14 personne enceinte|grossesse trop mange ventre
🤱+ allaitement|bebe maman nourrice nourrir le sein soins
👩‍🍼+@13 femme allaitant un bébé|allaitement biberon maman mere nounou nouveau ne personne
👨‍🍼+@13 homme allaitant un bébé|allaitement biberon nouveau ne papa pere personne
🧑‍🍼+@13 personne allaitant un bébé|allaitement biberon homme maman mere nounou nouveau ne papa pere
👼+ bébé ange|ailes aureole eglise emoticone fantastique visage
🎅+ père Noël|bonnet fetes magie santa claus tradition
🤶+ mère Noël|bonnet fetes santa
🧑‍🎄+@13 santa|joyeux noel papa pere personne saint nicolas
🦸+ super-héros|bien cape force heroine personnage sauver le monde pouvoir superheros superman vengeur voler
🦸‍♂️+ super-héros homme|bien pouvoir
🦸‍♀️+ super-héroïne|bien femme heros pouvoir
🦹+ super-vilain|cape criminel deguisement diabolique mal mauvais mechant personnage pouvoir
🦹‍♂️+ super-vilain homme|criminel mal mechant pouvoir
🦹‍♀️+ super-vilain femme|criminelle mal mechante pouvoir
🧙+ mage|chapeau enchantement ensorceleur envoutement jeu de role magicien personnage sorciere sortilege
🧙‍♂️+ mage homme|magicien sorcier
🧙‍♀️+ mage femme|ensorceleuse sorciere
🧚+ personnage féérique|ailes deguisement clochette feerie magie oberon puck titania voler
🧚‍♂️+ féetaud|oberon puck
🧚‍♀️+ fée|titania
🧛+ vampire|canines cape conte deguisement dents dracula halloween mort vivant personnage sang
🧛‍♂️+ vampire homme|dracula mort vivant
🧛‍♀️+ vampire femme|morte vivante
🧜+ créature aquatique|ariel folklore mer ocean personnage petite sirene queue de poisson trident triton
🧜‍♂️+ triton
🧜‍♀️+ sirène
🧝+ elfe|conte seigneur des anneaux legolas magique oreilles personnage
🧝‍♂️+ elfe homme|magique
🧝‍♀️+ elfe femme|magique
🧞 génie|aladin djinn homme lampe magique magie personnage souhait voeu
🧞‍♂️ génie homme|djinn
🧞‍♀️ génie femme|djinn
🧟 zombie|effrayant flippant halloween horreur mort vivant personnage peur
🧟‍♂️ zombie homme|mort vivant
🧟‍♀️ zombie femme|morte vivante
🧌@14 troll|conte de fees legende monstre mythe troller
🫈@17 créature velue|bigfoot cryptide foret geant homme sauvage poilu sasquatch yeti
💆+ personne qui se fait masser|detente femme fermer les yeux massage relaxation repos salon tete therapie visage zen
💆‍♂️+ homme qui se fait masser|apaiser le visage mal de tete massage migraine relaxation salon tension
💆‍♀️+ femme qui se fait masser|massage visage
💇+ personne qui se fait couper les cheveux|barbier beaute ciseaux coiffure de femme salon style
💇‍♂️+ homme qui se fait couper les cheveux|coiffeur coiffure de chez salon
💇‍♀️+ femme qui se fait couper les cheveux|coiffure
🚶+ personne qui marche|en route flaner homme marcher nonchalant pieton promenade se balader
🚶‍♂️+ homme qui marche|pieton
🚶‍♀️+ femme qui marche|marcher pietonne randonneuse
🚶‍➡️+@15.1 personne qui marche : vers la droite|en route flaner homme marcher nonchalant pieton promenade se balader
🚶‍♀️‍➡️+@15.1 femme qui marche : vers la droite|marcher pietonne randonneuse
🚶‍♂️‍➡️+@15.1 homme qui marche : vers la droite|pieton
🧍+ personne debout
🧍‍♂️+ homme debout
🧍‍♀️+ femme debout
🧎+ personne à genoux|priere religion
🧎‍♂️+ homme à genoux
🧎‍♀️+ femme à genoux
🧎‍➡️+@15.1 personne à genoux : vers la droite|priere religion
🧎‍♀️‍➡️+@15.1 femme à genoux : vers la droite
🧎‍♂️‍➡️+@15.1 homme à genoux : vers la droite
🧑‍🦯+ personne avec une canne blanche|accessibilite aveugle
🧑‍🦯‍➡️+@15.1 personne avec une canne blanche : vers la droite|accessibilite aveugle
👨‍🦯+ homme avec canne blanche|accessibilite aveugle deficient visuel handicap malvoyant
👨‍🦯‍➡️+@15.1 homme avec canne blanche : vers la droite|accessibilite aveugle deficient visuel handicap malvoyant
👩‍🦯+ femme avec canne blanche|accessibilite aveugle deficiente visuelle handicap malvoyante
👩‍🦯‍➡️+@15.1 femme avec canne blanche : vers la droite|accessibilite aveugle deficiente visuelle handicap malvoyante
🧑‍🦼+ personne en fauteuil motorisé|accessibilite roulant
🧑‍🦼‍➡️+@15.1 personne en fauteuil motorisé : vers la droite|accessibilite roulant
👨‍🦼+ homme en fauteuil motorisé|accessibilite roulant handicap
👨‍🦼‍➡️+@15.1 homme en fauteuil motorisé : vers la droite|accessibilite roulant handicap
👩‍🦼+ femme en fauteuil motorisé|accessibilite roulant handicap
👩‍🦼‍➡️+@15.1 femme en fauteuil motorisé : vers la droite|accessibilite roulant handicap
🧑‍🦽+ personne en fauteuil roulant manuel|accessibilite
🧑‍🦽‍➡️+@15.1 personne en fauteuil roulant manuel : vers la droite|accessibilite
👨‍🦽+ homme en fauteuil roulant manuel|accessibilite handicap
👨‍🦽‍➡️+@15.1 homme en fauteuil roulant manuel : vers la droite|accessibilite handicap
👩‍🦽+ femme en fauteuil roulant manuel|accessibilite handicap
👩‍🦽‍➡️+@15.1 femme en fauteuil roulant manuel : vers la droite|accessibilite handicap
🏃+ personne qui court|arriver coureur courir course pied homme jogging marathonien presse rapide sportif vite
🏃‍♂️+ homme qui court|course pied jogging marathon
🏃‍♀️+ femme qui court|course pied joggeuse jogging marathon running se depecher vitesse
🏃‍➡️+@15.1 personne qui court : vers la droite|arriver coureur courir course pied homme jogging marathonien presse rapide sportif vite
🏃‍♀️‍➡️+@15.1 femme qui court : vers la droite|course pied joggeuse jogging marathon running se depecher vitesse
🏃‍♂️‍➡️+@15.1 homme qui court : vers la droite|course pied jogging marathon
🧑‍🩰+@17 danseuse de ballet|ballerine classique
💃+ danseuse|femme qui fete flamenco rythme salsa sortir danser tango
🕺+ danseur|femme fete flamenco homme qui rythme salsa
🕴️+ homme d’affaires en lévitation|costume
👯+ personnes avec des oreilles de lapin|amies bunny danseuse deguisement double femmes fete filles jumelles synchro
👯‍♂️+ hommes avec des oreilles de lapin|amis danseur faire fete
👯‍♀️+ femmes avec des oreilles de lapin|danseuse fete
🧖+ personne au hammam|bien etre chaud detente dans un sauna relaxation spa vapeur
🧖‍♂️+ homme au hammam|sauna
🧖‍♀️+ femme au hammam|sauna
🧗+ personne qui grimpe|alpiniste escalader grimper grimpeur montagne sport
🧗‍♂️+ homme qui grimpe|alpiniste grimpeur
🧗‍♀️+ femme qui grimpe|alpiniste grimpeuse
🤺 escrimeur|epee escrimeuse personne sport
🏇+ course hippique|cheval de chevaux jockey sport
⛷️ skieur|neige sport
🏂+ snowboardeur|homme neige ski sport
🏌️+ joueur de golf|balle golfeur green homme personne pga pitch sport
🏌️‍♂️+ golfeur|homme
🏌️‍♀️+ golfeuse|femme practice sport
🏄+ personne faisant du surf|glisse homme mer ocean plage planche sport vagues
🏄‍♂️+ surfeur|homme
🏄‍♀️+ surfeuse|femme mer ocean plage sport vagues
🚣+ personne ramant dans une barque|bateau lac naviguer peche ramer rameur riviere sport
🚣‍♂️+ rameur dans une barque|bateau homme
🚣‍♀️+ rameuse dans une barque|bateau femme lac navigation peche plaisance ramer riviere sport
🏊+ personne nageant|crawl eau exercice homme nageur natation piscine sport
🏊‍♂️+ nageur|homme
🏊‍♀️+ nageuse|femme natation sport
⛹️+ personne avec ballon|athletique basketteur dribble joueur match rebond sport
⛹️‍♂️+ homme avec ballon
⛹️‍♀️+ femme avec ballon|basketteuse sport
🏋️+ haltérophile|bodybuilding entrainement force halterophilie homme lever des poids muscles personne sport
🏋️‍♂️+ homme haltérophile
🏋️‍♀️+ femme haltérophile|entrainement exercice sport
🚴+ cycliste|course guidon homme pedaler personne rouler sport tour de france velo
🚴‍♂️+ cycliste homme|cyclisme velo
🚴‍♀️+ cycliste femme|cyclisme sport velo
🚵+ personne en VTT|coureur cyclisme grimper homme montagne sport tour de france velo
🚵‍♂️+ homme en VTT|cycliste velo
🚵‍♀️+ femme en VTT|cycliste montagne sport velo vttiste
🤸+ personne faisant la roue|agilite athlete faire femme gymnaste gymnastique sport
🤸‍♂️+ homme faisant la roue|acrobatie content faire garcon gymnastique personne souple sport
🤸‍♀️+ femme faisant la roue|acrobatie exercice faire gymnaste gymnastique personne sport
🤼+ personnes faisant de la lutte|bataille lutteurs sport
🤼‍♂️+ lutteurs|athletes bataille force hommes personnes sport sur le ring
🤼‍♀️+ lutteuses|bataille combat duel femmes personnes sport
🤽+ personne jouant au water-polo|ballon homme qui joue piscine sport
🤽‍♂️+ joueur de water-polo|ballon eau homme jeu match personne piscine sport
🤽‍♀️+ joueuse de water-polo|ballon femme nager personne piscine sport
🤾+ personne jouant au handball|athlete ballon handballeur lancer sport
🤾‍♂️+ handballeur|homme sport
🤾‍♀️+ handballeuse|athlete attaquante ballon femme personne sport tir
🤹+ personne qui jongle|artiste cirque gerer jongler jongleur multitache
🤹‍♂️+ jongleur|acrobatie artiste balles cirque homme jonglage multitache personne
🤹‍♀️+ jongleuse|femme jonglage multitache
🧘+ personne dans la posture du lotus|detendu femme meditation assise en position relaxation tailleur yoga zen
🧘‍♂️+ homme dans la posture du lotus|meditation position yoga
🧘‍♀️+ femme dans la posture du lotus|meditation position yoga
🛀+ personne prenant un bain|baignoire qui prend
🛌+ personne au lit|auberge bonne nuit coucher dodo dormir fatigue hotel sieste
🧑‍🤝‍🧑+ deux personnes se tenant la main|couple homosexuel gay par poignee tenir
👭+ deux femmes se tenant la main|amies amitie amoureuses couple donnant filles gay homosexuelles jumelles lesbiennes lgbtqia dans meilleures petite rendez vous soeurs
👫+ femme et homme se tenant la main|amis amoureux couple donnant dans petite amie rendez vous
👬+ deux hommes se tenant la main|amis amitie amoureux couple donnant fils freres gay gemeaux homosexuels jumeaux lgbt dans meilleurs petit rendez vous zodiaque
💏+ bisou|amour anniversaire baiser couple femme homme
👩‍❤️‍💋‍👨+ bisou : femme et homme|amour anniversaire baiser couple
👨‍❤️‍💋‍👨+ bisou : homme et homme|amour anniversaire baiser couple femme
👩‍❤️‍💋‍👩+ bisou : femme et femme|amour anniversaire baiser couple homme
💑+ couple avec cœur|amour anniversaire femme homme rendez vous
👩‍❤️‍👨+ couple avec cœur : femme et homme|amour anniversaire rendez vous
👨‍❤️‍👨+ couple avec cœur : homme et homme|amour anniversaire femme rendez vous
👩‍❤️‍👩+ couple avec cœur : femme et femme|amour anniversaire homme rendez vous
👨‍👩‍👦 famille : homme, femme et garçon|enfant avec pere une mere fils
👨‍👩‍👧 famille : homme, femme et fille|enfant avec pere une mere fils garcon
👨‍👩‍👧‍👦 famille : homme, femme, fille et garçon|enfant avec pere une mere fils
👨‍👩‍👦‍👦 famille : homme, femme, garçon et garçon|enfant avec pere une mere fils
👨‍👩‍👧‍👧 famille : homme, femme, fille et fille|enfant avec pere une mere fils garcon
👨‍👨‍👦 famille : homme, homme et garçon|enfant avec pere une mere fils femme
👨‍👨‍👧 famille : homme, homme et fille|enfant avec pere une mere fils femme garcon
👨‍👨‍👧‍👦 famille : homme, homme, fille et garçon|enfant avec pere une mere fils femme
👨‍👨‍👦‍👦 famille : homme, homme, garçon et garçon|enfant avec pere une mere fils femme
👨‍👨‍👧‍👧 famille : homme, homme, fille et fille|enfant avec pere une mere fils femme garcon
👩‍👩‍👦 famille : femme, femme et garçon|enfant avec pere une mere fils homme
👩‍👩‍👧 famille : femme, femme et fille|enfant avec pere une mere fils garcon homme
👩‍👩‍👧‍👦 famille : femme, femme, fille et garçon|enfant avec pere une mere fils homme
👩‍👩‍👦‍👦 famille : femme, femme, garçon et garçon|enfant avec pere une mere fils homme
👩‍👩‍👧‍👧 famille : femme, femme, fille et fille|enfant avec pere une mere fils garcon homme
👨‍👦 famille : homme et garçon|enfant avec pere une mere fils femme
👨‍👦‍👦 famille : homme, garçon et garçon|enfant avec pere une mere fils femme
👨‍👧 famille : homme et fille|enfant avec pere une mere fils femme garcon
👨‍👧‍👦 famille : homme, fille et garçon|enfant avec pere une mere fils femme
👨‍👧‍👧 famille : homme, fille et fille|enfant avec pere une mere fils femme garcon
👩‍👦 famille : femme et garçon|enfant avec pere une mere fils homme
👩‍👦‍👦 famille : femme, garçon et garçon|enfant avec pere une mere fils homme
👩‍👧 famille : femme et fille|enfant avec pere une mere fils garcon homme
👩‍👧‍👦 famille : femme, fille et garçon|enfant avec pere une mere fils homme
👩‍👧‍👧 famille : femme, fille et fille|enfant avec pere une mere fils garcon homme
🗣️ tête qui parle|parler silhouette
👤 silhouette de buste|mystere ombre
👥 silhouettes de bustes|amis bff gens meilleures amies meilleurs personnes tout le monde
🫂@13 étreinte|accolade amitie au revoir bonjour calin embrassades gratitude merci personne
👪 famille|enfant avec pere une mere et fils femme garcon homme
🧑‍🧑‍🧒@15.1 famille : adulte, adulte, enfant
🧑‍🧑‍🧒‍🧒@15.1 famille : adulte, adulte, enfant, enfant
🧑‍🧒@15.1 famille : adulte, enfant|monoparentale
🧑‍🧒‍🧒@15.1 famille : adulte, enfant, enfant|monoparentale
👣 traces de pas|empreintes pieds nus
🫆@16 empreinte digitale|dermatoglyphe donnees biometriques identite securite
[nature]
🐵 tête de singe|animal georges le petit curieux sourire visage
🐒 singe|animal primate
🦍 gorille|animal primate
🦧 orang-outan|animal primate singe
🐶 tête de chien|animal domestique chiot visage
🐕 chien|aboyer animal domestique
🦮 chien guide|accessibilite animal aveugle malvoyant non voyant
🐕‍🦺 chien d’assistance|accessibilite aide animal guide handicap
🐩 caniche|animal chien
🐺 loup|animal louve tete de
🦊 renard|animal nature tete visage
🦝 raton laveur|animal curieux sournois
🐱 tête de chat|animal chaton miaou minou
🐈 chat|animal domestique chaton miaou miauler
🐈‍⬛@13 chat noir|animal chaton felin halloween malchanceux matou miaou superstition
🦁 tête de lion|animal astrologie criniere fort horoscope roi rugissement safari savane visage zodiaque
🐯 tête de tigre|animal felin predateur visage
🐅 tigre|animal felin predateur tigresse zoo
🐆 léopard|animal felin predateur zoo
🐴 tête de cheval|animal dressage equitation ferme jument
🫎@15 élan|animal bois cervide mammifere orignal ramure
🫏@15 âne|animal bourricot mammifere mule tetu
🐎 cheval|animal course hippique hippodrome tierce
🦄 licorne|animal licrone tete de
🦓 zèbre|animal noir et blanc rayures zebrure
🦌 cerf|animal bois
🦬@13 bison|animal buffle cornes herbivore nature troupeau
🐮 tête de vache|animal lait meuh visage
🐂 bœuf|animal astrologie ferme horoscope taureau zodiaque
🐃 buffle|animal corne zoo
🐄 vache|animal ferme lait meuh
🐷 tête de cochon|animal ferme porc visage
🐖 cochon|animal ferme gros jambon porc truie
🐗 sanglier|animal game of thrones
🐽 groin|animal cochon ferme flair museau porc sentir tete de
🐏 bélier|animal astrologie corne ferme horoscope mouton zodiaque
🐑 mouton|animal beler brebis doux ferme laine lait
🐐 chèvre|animal astrologie capricorne ferme fromage horoscope lait zodiaque
🐪 dromadaire|animal bosse desert une
🐫 chameau|animal deux bosses desert
🦙 lama|alpaca alpaga animal guanaco laine llama perou vicuna vigogne
🦒 girafe|animal cou taches
🐘 éléphant|animal pachyderme trompe
🦣@13 mammouth|animal defenses extinction geant grand laineux
🦏 rhinocéros|animal corne
🦛 hippopotame|animal
🐭 tête de souris|animal visage
🐁 souris|animal
🐀 rat|animal
🐹 hamster|animal domestique tete de visage
🐰 tête de lapin|animal domestique dents
🐇 lapin|animal domestique
🐿️ écureuil|animal noisettes
🦫@13 castor|animal barrage dents rongeur
🦔 hérisson|animal epines epineux piquant porc epic
🦇 chauve-souris|animal vampire
🐻 ours|animal miel nounours brun teddy tete visage
🐻‍❄️@13 ours polaire|arctique blanc
🐨 koala|animal australie
🐼 panda|animal tete de visage
🦥 paresseux|ai animal endormi lent
🦦 loutre|animal joueur mignon pecheur
🦨 mouffette|animal odeur puer putois
🦘 kangourou|austalie joey kangoo marsupial marsupiaux saut
🦡 blaireau|animal ratel
🐾 empreintes d’animaux|de pattes
🦃 dindon|action de graces animal dinde oiseau thanksgiving volaille
🐔 poule|animal coq ferme oiseau poulet volaille
🐓 coq|animal oiseau volaille
🐣 poussin qui éclôt|animal bebe eclosion naissance naitre nouveau ne oeuf oiseau
🐤 poussin|animal oiseau tete de
🐥 poussin de face|animal bebe nouveau ne oiseau
🐦 oiseau|animal ornithologie
🐧 pingouin|animal antarctique banquise manchot oiseau
🕊️ colombe|animal oiseau paix rameau voler
🦅 aigle|animal oiseau rapace
🦆 canard|animal coin oiseau
🦢 cygne|animal jeune oiseau vilain petit canard
🦉 chouette|animal hibou oiseau sage
🦤@13 dodo|animal dronte espece eteinte extinction grand maurice oiseau
🪶@13 plume|ecrire ecrivain leger oiseau plumage voler
🦩 flamant|animal oiseau rose tropical
🦚 paon|animal bel oiseau colore fiere paonne pretentieux
🦜 perroquet|animal oiseau parle pirate repete
🪽@15 aile|angelique aviation celeste mythologie oiseau elever envoler voler
🐦‍⬛@15 oiseau noir|animal bec corbeau corneille corvide croasser merle
🪿@15 oie|animal bete cacarder canard jars oiseau troupeau volaille volee
🐦‍🔥@15.1 phénix|ailes cendres feu gloire immortel mythologie oiseau renaissance renaitre revivre transformation
🐸 grenouille|animal crapaud tete de
🐊 crocodile|alligator animal caiman reptile zoo
🐢 tortue|animal carapace lentement reptile
🦎 lézard|animal reptile
🐍 serpent|animal reptile sonnette venin
🐲 tête de dragon|animal mythe tradition
🐉 dragon|animal chine chinois game of thrones mythe tradition
🦕 sauropode|animal brachiosaure brontosaure dinosaure diplodocus
🦖 T-Rex|animal dinosaure tyrannosaure tyrannosaurus
🐳 baleine soufflant par son évent|animal avec mer ocean plage souffle
🐋 baleine|animal mer ocean plage
🐬 dauphin|animal flipper mer ocean plage
🫍@17 orque|baleine marin ocean
🦭@13 phoque|animal lion de mer ocean otarie
🐟 poisson|alimentation animal astrologie horoscope manger nourriture poissons repas zodiaque
🐠 poisson tropical|animal
🐡 poisson-lune|animal
🦈 requin|animal dents la mer poisson
🐙 pieuvre|animal creature mer mollusque ocean poulpe
🐚 coquille en spirale|animal conque coquillage mer plage
🪸@14 corail|ocean rechauffement climatique recif
🪼@15 méduse|aie animal aquarium brulure gelatineux invertebre mer mou ocean piqure plancton tentacules vie marine
🦀 crabe|animal astrologie cancer horoscope mer pinces plage zodiaque
🦞 homard|animal bisque de mer fruits pinces
🦐 crevette|aliment crustace fruits de mer nourriture
🦑 calamar|aliment animal encornet mollusque nourriture
🦪 huître|coquillage coquille mollusque perle
🐌 escargot|animal jardin lentement nature
🦋 papillon|animal insecte mignon printemps
🐛 chenille|animal insecte jardin
🐜 fourmi|animal insecte jardin
🐝 abeille|animal bourdon guepe insecte miel nature printemps
🪲@13 scarabée|animal insecte
🐞 coccinelle|animal bete insecte jardin nature
🦗 criquet|animal insecte sauterelle
🪳@13 cafard|animal blatte coquerelle insecte nuisible
🕷️ araignée|animal insecte
🕸️ toile d’araignée
🦂 scorpion|animal astrologie desert horoscope zodiaque
🦟 moustique|fievre infection insecte maladie malaria piqure virus
🪰@13 mouche|animal asticot insecte maladie nuisible pourrissement puanteur putrefaction tse
🪱@13 lombric|animal annelide insecte parasite ver de terre
🦠 microbe|amibe bacterie biologie microorganisme phagocytose pseudopode science virus
💐 bouquet|amoureux anniversaire fleurs plante rendez vous roses
🌸 fleur de cerisier|bourgeon plante printemps
💮 fleur blanche
🪷@14 lotus|beaute bouddhisme calme fleur hindouisme purete serenite
🏵️ rosette|plante
🌹 rose|amour beaute fleur plante rouge saint valentin
🥀 fleur fanée|mort rose
🌺 hibiscus|fleur plante
🌻 tournesol|champs fleur plante soleil
🌼 bourgeon|bouton or dent lion fleur pissenlit plante printemps
🌷 tulipe|bourgeon fleur plante printemps
🪻@15 jacinthe|fleurir indigo lavande lilas lupin mauve muflier plante printemps violet
🌱 jeune pousse|germe plante plantule pousser printemps semis
🪴@13 plante en pot|decoration ennuyeux faire pousser interieur nature prendre soin
🌲 conifère|arbre feuilles persistantes foret pin plante sapin de noel
🌳 arbre à feuilles caduques|feuillu foret nature plante
🌴 palmier|arbre cocotier plage plante tropical tropiques
🌵 cactus|desert epines nature piquant plante secheresse
🌾 plant de riz|grain plante
🌿 feuille|arbre feuilles plante
☘️ trèfle|irlande plante
🍀 trèfle à quatre feuilles|chance irlande plante porte bonheur
🍁 feuille d’érable|automne morte tomber
🍂 feuille morte|automne feuilles mortes tomber
🍃 feuille virevoltante|bourrasque souffle tourbillon de feuilles vent virevolter
🪹@14 nid vide|branches faire son maison
🪺@14 nid avec œufs|branches faire son oiseau
🍄 champignon|veneneux mario plante
🪾@16 arbre sans feuille|aride hiver secheresse
[food]
🍇 raisin|fruit nourriture
🍈 melon|fruit
🍉 pastèque|fruit
🍊 mandarine|agrume clementine fruit nourriture orange vitamine
🍋 citron|acide agrume fruit nourriture zeste
🍋‍🟩@15.1 citron vert|acide agrume fruit lime mojito tropical zeste
🍌 banane|fruit nourriture potassium
🍍 ananas|fruit nourriture tropical
🥭 mangue|fruit nourriture tropical tropique
🍎 pomme rouge|fruit nourriture
🍏 pomme verte|fruit nourriture
🍐 poire|fruit nourriture
🍑 pêche|fruit nourriture
🍒 cerises|fruit nourriture
🍓 fraise|fruit nourriture
🫐@13 myrtilles|airelles baies bleuets fruit nourriture violet
🥝 kiwi|fruit nourriture
🍅 tomate|fruit legume nourriture plante
🫒@13 olive|aliment aperitif apero nourriture olivier rameau
🥥 noix de coco|fruit nourriture palmier pina colada
🥑 avocat|fruit nourriture
🍆 aubergine|legume nourriture
🥔 pomme de terre|legume nourriture patate puree
🥕 carotte|legume nourriture
🌽 épi de maïs|ferme nourriture
🌶️ piment rouge|nourriture piquant
🫑@13 poivron|legume piment rouge vert
🥒 concombre|cornichon legume nourriture
🥬 légume à feuilles vertes|bok choy chou chinois frise pomme kale laitue salade
🥦 brocoli|broccoli chou sauvage legume
🧄 ail|aromate assaisonnement condiment legume vampire
🧅 oignon|assaisonnement condiment legume ognon
🥜 cacahuètes|arachide noisette nourriture
🫘@14 haricots|rouge legume legumineuse nourriture petit rognon
🌰 châtaigne|marron nourriture plante
🫚@15 racine de gingembre|biere epice naturel sante
🫛@15 cosse de petits pois|edamame feve haricot legume legumineuse soja
🍄‍🟫@15.1 champignon marron|automne brun cepe fongus nature nourriture
🫜@16 légume-racine|betterave jardin navet
🍞 pain|miche nourriture de mie
🥐 croissant|nourriture pain petit dejeuner viennoiserie
🥖 baguette|nourriture pain
🫓@13 galette|arepa gordita lavash naan nourriture pain plat pita
🥨 bretzel|nourriture torsade
🥯 bagel|boulangerie petit dejeuner sandwich schmear
🥞 pancakes|crepe gouter nourriture petit dejeuner
🧇 gaufre|brunch gourmandise gouter moule patisserie petit dejeuner
🧀 part de fromage|nourriture
🍖 viande sur un os|nourriture
🍗 cuisse de poulet|dinde nourriture os volaille
🥩 morceau de viande|cotelette agneau porc nourriture steak rouge
🥓 lard|bacon nourriture porc viande
🍔 hamburger|burger cheeseburger fast food nourriture
🍟 frites|fast food potatoes
🍕 pizza|fromage nourriture part pepperoni tranche
🌭 hot dog|nourriture saucisse de francfort
🥪 sandwich|nourriture pain de mie pique nique
🌮 taco|mexicain nourriture
🌯 burrito|kebab mexicain wrap
🫔@13 tamal|mexicain nourriture pamonha papillote
🥙 kebab|falafel nourriture pain pita
🧆 falafels|boulettes pois chiches seitan soja viande
🥚 œuf|nourriture
🍳 œuf au plat|cuisine friture nourriture petit dejeuner poele frire se faire cuire un
🥘 plat mitonné|casserole espagne paella poele riz
🍲 marmite|nourriture ragout
🫕@13 fondue|bourguignonne chocolat fromage plat poelon savoyarde ski suisse
🥣 bol avec cuillère|une cereales congee dejeuner petit soupe
🥗 salade verte|nourriture
🍿 pop-corn|cinema nourriture
🧈 beurre|gras produit laitier
🧂 sel|condiment sale saliere saveur
🥫 aliments en conserve|boite de nourriture
🍱 boîte déjeuner|bento nourriture
🍘 galette de riz|cracker nourriture
🍙 boulette de riz|japonais nourriture onigiri plat
🍚 bol de riz|nourriture
🍛 riz au curry|nourriture
🍜 bol fumant|nouilles nourriture ramen vapeur
🍝 spaghetti|italien nourriture pates restaurant sauce bolognaise
🍠 patate douce|nourriture au four
🍢 brochette de poisson|fruits mer nourriture restaurant
🍣 sushi|japonais nourriture poisson riz
🍤 beignet de crevette
🍥 croquette de poisson|gateau narutomaki nourriture restaurant surimi
🥮 gâteau de lune|automne festival moon cake yuebing
🍡 brochette de bonbons|dango dessert japonais nourriture
🥟 boulette de pâte|dumpling empanada gyoza jiaozi pierogi potsticker ravioli
🥠 biscuit chinois|nourriture prophetie
🥡 boîte à emporter|baguettes carton chinois nourriture
🍦 glace italienne|cornet dessert nourriture sucre
🍧 granité|coupe creme glacee dessert nourriture restaurant sucre
🍨 glace|coupe creme glacee dessert nourriture restaurant sucre
🍩 doughnut|dessert donut gouter nourriture sucrerie
🍪 cookie|biscuit dessert gateau gouter nourriture pepites chocolat sucre
🎂 gâteau d’anniversaire|bougies dessert fete gouter joyeux nourriture patisserie
🍰 gâteau sablé|dessert gouter nourriture patisserie sucre
🧁 cupcake|dessert muffin patisserie sucrerie
🥧 tarte|decoration garniture gateau nourriture pate patisserie aux fruits tourte
🍫 barre chocolatée|dessert gouter nourriture sucre
🍬 bonbon|dessert gouter nourriture sucrerie
🍭 sucette|dessert gouter nourriture sucrerie
🍮 crème renversée|dessert flan nourriture pudding sucre
🍯 pot de miel|nourriture ours sucre
🍼 biberon|bebe boisson lait naissance nouveau ne tetine
🥛 verre de lait|boisson
☕ boisson chaude|cafeine matin the
🫖@13 théière|boisson chaude infusion
🍵 tasse|boisson de the sans anse
🍶 saké|boisson bouteille et verre restaurant
🍾 bouteille de champagne|alcool boisson bouchon felicitations fete pop
🍷 verre de vin|alcool bar boisson club restaurant
🍸 cocktail|alcool bar boisson club martini verre pied
🍹 cocktail tropical|alcool bar boite fete tequila sunrise verre
🍺 chope|alcool bar biere boisson de oktoberfest picoler pinte sante
🍻 chopes de bière|alcool boisson sante tchin trinquer
🥂 trinquer|alcool celebrer champagne feter sante tchin verres
🥃 verre tumbler|alcool liqueur whisky
🫗@14 verser un liquide|accident boisson eau oups renverser verre vider
🥤 gobelet avec paille|boisson eau jus de fruits soda verre une
🧋@13 thé aux perles|boba boisson bubble tea lait paille bulles froid zenzou
🧃 briquette de jus|boisson carton fruits paille
🧉 maté|boisson
🧊 glaçon|cube froid glace iceberg
🥢 baguettes|hashi
🍽️ fourchette et couteau avec assiette|couverts cuisine restaurant table
🍴 fourchette et couteau|couverts faim manger nourriture repas restaurant
🥄 cuillère|couvert manger
🔪 couteau de cuisine|arme chef outil
🫙@14 bocal|condiments conserver pot recipient rien sauce vide
🏺 amphore|astrologie cuisine grece horoscope vase verseau zodiaque
[travel]
🌍 globe tourné sur l’Afrique et l’Europe|espace presentant monde planete terre
🌎 globe tourné sur les Amériques|espace presentant monde planete terre
🌏 globe tourné sur l’Asie et l’Australie|espace presentant monde planete terre
🌐 globe avec méridiens|terrestre internet monde net toile
🗺️ carte du monde|planisphere voyage
🗾 carte du Japon|voyage
🧭 boussole|compas direction magnetique navigation orientation
🏔️ montagne enneigée|froid neige sommet voyage
⛰️ montagne|nature sommet voyage
🛘@17 éboulement|avalanche catastrophe coulee de boue danger glissement terrain montagne rochers tremblement terre
🌋 volcan|eruption lave nature
🗻 mont Fuji|montagne nature sommet voyage
🏕️ camping|nature tente avec un sapin voyage
🏖️ plage avec parasol|voyage
🏜️ désert|voyage
🏝️ île déserte|cocotier palmier voyage
🏞️ parc national|nature voyage
🏟️ stade
🏛️ monument classique|colonnes voyage
🏗️ construction d’un bâtiment|chantier grue
🧱 brique|argile briques mortier mur de the wall voie
🪨@13 rocher|caillou dur lourd pierre solide
🪵@13 bois|arbre bucheron rondins tronc
🛖@13 hutte|abri case maisonnette yourte
🏘️ maisons|batiments pavillons
🏚️ maison abandonnée
🏠 maison|batiment foyer simple pavillon residentiel
🏡 maison avec jardin|foyer pavillon residentiel
🏢 immeuble de bureaux|ville
🏣 bureau de poste japonais|batiment japonaise voyage
🏤 bureau de poste|batiment europeen
🏥 hôpital|batiment docteur medecin urgences
🏦 banque|batiment
🏨 hôtel|batiment voyage
🏩 love hotel|amour batiment coeur voyage
🏪 supérette|24h batiment epicerie magasin supermarche
🏫 école|batiment
🏬 grand magasin|batiment centre commercial
🏭 usine|batiment
🏯 château japonais|batiment voyage
🏰 château|batiment europeen voyage
💒 mariage|amour chapelle coeur eglise
🗼 tour de Tokyo|japon voyage
🗽 statue de la Liberté|new york voyage
⛪ église|batiment chapelle chretien croix religion voyage
🕌 mosquée|islam musulmane religion voyage
🛕 temple hindou|bouddhisme pagode religion stupa bouddhiste
🕍 synagogue|judaisme juif juive religion temple voyage
⛩️ sanctuaire shinto|religion voyage
🕋 kaaba|islam musulmane religion voyage
⛲ fontaine|eau
⛺ tente|camping nature voyage
🌁 brume|brouillard voyage
🌃 nuit étoilée|etoiles ville voyage
🏙️ ville|batiment voyage
🌄 soleil levant derrière les montagnes|lever matin nature voyage
🌅 soleil levant|lever de matin nature voyage
🌆 ville au crépuscule|coucher de soleil immeubles soir tombee la nuit voyage
🌇 coucher de soleil|en ville crepuscule soir tombee la nuit voyage
🌉 pont de nuit
♨️ sources chaudes|vapeur
🎠 cheval de manège
🛝@14 toboggan|aire de jeu glissade jouer
🎡 grande roue|attractions parc
🎢 montagnes russes|attractions parc
💈 enseigne de barbier|coiffeur coiffure salon
🎪 chapiteau|cirque
🚂 locomotive|chemin de fer machine vapeur moyen transport rail tchou train voyage
🚃 wagon|chemin de fer moyen transport rail train tramway voiture voyage
🚄 TGV|chemin de fer moyen transport rail rapide train grande vitesse voyage
🚅 train à grande vitesse|chemin de fer moyen transport rail rapide tgv voyage
🚆 train|arrivee chemin de fer moyen transport rail voyage
🚇 métro|moyen de transport
🚈 métro léger|monorail moyen de transport rail rer
🚉 gare|chemin de fer moyen transport rail rer train
🚊 tramway|moyen de transport rer trolleybus
🚝 monorail|moyen de transport vehicule
🚞 train de montagne|chemin fer moyen transport rail voyage wagon
🚋 wagon de tramway|moyen transport trolleybus voiture voyage
🚌 bus|ecole moyen de transport vehicule
🚍 bus de face|qui arrive car moyen transport
🚎 trolleybus|bus moyen de transport tramway
🚐 minibus|bus moyen de transport navette vehicule
🚑 ambulance|urgences vehicule
🚒 camion de pompier|pin pon
🚓 voiture de police|flic patrouille vehicule
🚔 voiture de police de face|vehicule qui arrive
🚕 taxi|moyen de transport jaune uber vehicule
🚖 taxi de face|joe le new york jaune uber voiture
🚗 voiture|automobile conduire moyen de transport vehicule voyage
🚘 voiture de face|automobile conduire moyen transport vehicule qui arrive voyage
🚙 véhicule utilitaire sport|automobile conduire loisirs moyen de transport voiture voyage
🛻@13 pick-up|auto benne camionnette pickup plateau poids lourd transports vehicule
🚚 camion de livraison|camionnette moyen transport vehicule
🚛 semi-remorque|camion moyen de transport poids lourd vehicule
🚜 tracteur|moyen de transport vehicule
🏎️ voiture de course|automobile formule
🏍️ moto|course
🛵 scooter
🦽 fauteuil roulant manuel|accessibilite handicap
🦼 fauteuil motorisé|accessibilite roulant handicap
🛺 tuk tuk|rickshaw taxi thai tricycle
🚲 vélo|bicyclette cyclisme moyen de transport voyage
🛴 trottinette
🛹 planche à roulettes|glisse longboard skateboard
🛼@13 patin à roulettes|derby roller sport
🚏 arrêt de bus
🛣️ autoroute|route voyage
🛤️ voie ferrée|chemin de rail train voyage
🛢️ baril de pétrole
⛽ pompe à essence|diesel gazole station
🛞@14 roue|cercle pneu tourner vehicule voiture
🚨 gyrophare|alarme alerte lumiere police sirene urgences voiture
🚥 feu tricolore horizontal|carrefour croisement de circulation
🚦 feu tricolore vertical|carrefour croisement de circulation
🛑 stop|octogonal panneau signe
🚧 travaux|barriere
⚓ ancre|bateau outil voyage
🛟@14 bouée de sauvetage|flotter sauver sauveteur secours securite
⛵ voilier|bateau mer moyen de transport plaisance voyage yacht
🛶 canoë|bateau ramer
🚤 hors-bord|bateau ete luxe moyen de transport vedette voyage
🛳️ paquebot|bateau croisiere voyage
⛴️ ferry|bateau moyen de transport voyage
🛥️ bateau à moteur
🚢 navire|bateau croisiere moyen de transport paquebot titanic voyage
✈️ avion|en vol jet moyen de transport vehicule voyage
🛩️ petit avion|moyen de transport voyage
🛫 avion au décollage|depart moyen transport voyage
🛬 avion à l’atterrissage|arrivee moyen de transport voyage
🪂 parachute|chute libre ascensionnel parapente sensations fortes
💺 siège|chaise fauteuil place
🚁 hélicoptère|moyen de transport vehicule
🚟 train suspendu|moyen de transport voyage
🚠 téléphérique|montagne moyen de transport ski telecabine
🚡 tramway aérien|moyen de transport telecabine
🛰️ satellite|espace
🚀 fusée|decollage espace moyen transport voyage
🛸 soucoupe volante|alien extraterrestre ovni
🛎️ cloche de comptoir|clochette hotel reception sonnette
🧳 bagage|valise voyage
⌛ sablier|chronometre minuteur sable temps
⏳ sablier avec sable qui coule|attendre chronometre minuteur temps
⌚ montre|heure
⏰ réveil|alarme attendre dring heure matin retard sonnerie
⏱️ chronomètre|heure temps
⏲️ horloge|heure minuteur temps
🕰️ pendule|horloge posee
🕛 midi/minuit|12 heure horloge pile
🕧 midi/minuit et demie|00 30 12 heure horloge
🕐 une heure|13 horloge treize heures
🕜 une heure et demie|30 13 horloge treize heures trente
🕑 deux heures|14 horloge quatorze
🕝 deux heures et demie|14 30 horloge quatorze trente
🕒 trois heures|15 horloge quinze
🕞 trois heures et demie|15 30 horloge quinze trente
🕓 quatre heures|16 seize
🕟 quatre heures et demie|16 30 horloge seize trente
🕔 cinq heures|17 dix sept horloge
🕠 cinq heures et demie|17 30 dix sept trente horloge
🕕 six heures|18 dix huit horloge
🕡 six heures et demie|18 30 dix huit trente horloge
🕖 sept heures|19 dix neuf horloge
🕢 sept heures et demie|19 30 dix neuf trente horloge
🕗 huit heures|20 horloge vingt
🕣 huit heures et demie|20 30 horloge vingt trente
🕘 neuf heures|21
🕤 neuf heures et demie|21 30 horloge vingt une trente
🕙 dix heures|10 22 horloge vingt deux
🕥 dix heures et demie|10 30 22 horloge vingt deux trente
🕚 onze heures|11 23 horloge vingt trois
🕦 onze heures et demie|11 30 23 horloge vingt trois trente
🌑 nouvelle lune|espace sombre
🌒 lune croissante|espace nuit
🌓 premier quartier de lune|espace nuit
🌔 lune gibbeuse croissante|espace gibbeux nuit
🌕 pleine lune|espace nuit
🌖 lune gibbeuse décroissante|espace gibbeux nuit
🌗 dernier quartier de lune|espace
🌘 lune décroissante|croissant espace descendante nuit
🌙 croissant de lune|espace nuit ramadan
🌚 nouvelle lune avec visage|espace nuit
🌛 premier quartier de lune avec visage|croissant espace nuit
🌜 dernier quartier de lune avec visage|croissant nuit
🌡️ thermomètre|meteo
☀️ soleil|beau temps brillant espace grand meteo rayons
🌝 pleine lune avec visage|nuit sourire
🌞 soleil avec visage|chaleur chaud eclatant ensoleille jour lumiere meteo plage rayon de
🪐 planète à anneaux|saturne saturnienne
⭐ étoile|astronomie nuit
🌟 étoile brillante|eclat etincelant etincelle nuit etoilee succes
🌠 étoile filante|espace nuit
🌌 voie lactée|espace
☁️ nuage|gris meteo
⛅ soleil derrière les nuages|cache meteo nuageux
⛈️ nuage avec éclair et pluie|meteo orage
🌤️ soleil derrière un petit nuage|cache meteo
🌥️ soleil derrière un gros nuage|cache meteo
🌦️ soleil derrière un nuage de pluie|cache gouttes meteo
🌧️ nuage avec pluie|averse gouttes mauvais temps meteo de
🌨️ nuage avec neige|flocons froid hiver meteo de
🌩️ nuage avec éclair|un orageux temps
🌪️ tornade|cyclone meteo nuage tourbillon
🌫️ brouillard|brume fog meteo nuage
🌬️ vent avec visage|meteo nuage souffle du
🌀 cyclone|spirale tourbillon typhon vertige
🌈 arc-en-ciel|bisexuelle gay pride homosexuelle lesbienne lgbtqia meteo nature pluie transgenre
🌂 parapluie fermé|meteo pluie
☂️ parapluie ouvert|pluie
☔ parapluie avec gouttes de pluie|meteo
⛱️ parasol sur le sol|meteo parapluie au plage pluie soleil voyage
⚡ haute tension|courant danger eclair electricite nature orage symbole vitesse
❄️ flocon|de neige froid meteo
☃️ bonhomme de neige|avec flocons
⛄ bonhomme de neige sans neige|flocons froid
☄️ comète|espace meteore
🔥 feu|allumer bruler chaud flamme fournaise incendie
💧 goutte d’eau|bd larme meteo nature pluie sueurs froides tristesse
🌊 vague|eau kanagawa lame large maree mer nature ocean remous rouleau surf
[activities]
🎃 citrouille|halloween lanterne
🎄 sapin de Noël|arbre fetes guirlandes
🎆 feu d’artifice|14 juillet fete
🎇 cierge magique|14 juillet artifice etincelles fete feu
🧨 pétard|dynamite etincelle explosif explosive feu artifice tnt
✨ étincelles|etoiles magie nuit etoilee scintiller
🎈 ballon gonflable|anniversaire de baudruche fete
🎉 cotillons|anniversaire fete super
🎊 confettis|anniversaire fete
🎋 arbre à vœux|fete japon prieres tanabata
🎍 bambou décoratif|fete japonais plante
🎎 poupées japonaises|festival
🎏 koinobori|carpe fete
🎐 carillon éolien|clochette fete vent
🎑 cérémonie de la lune
🧧 enveloppe rouge|argent bonne chance cadeau hongbao lai see
🎀 ruban|fete noeud rose
🎁 cadeau|anniversaire emballe fete noel noeud surprise
🎗️ ruban de mémoire|souvenir
🎟️ billet d’entrée|place spectacle
🎫 billet|place spectacle
🎖️ médaille militaire
🏆 trophée|championne coupe gagner prix victoire
🏅 médaille sportive|championne or vainqueur victoire
🥇 médaille d’or|1er premier
🥈 médaille d’argent|2e deuxieme
🥉 médaille de bronze|3e troisieme
⚽ ballon de football|balle sport
⚾ baseball|balle de sport
🥎 softball|balle gant sports
🏀 basket|ballon panier sport
🏐 volley-ball|ballon jeu match sport
🏈 football américain|ballon sport super bowl
🏉 rugby|ballon sport
🎾 tennis|balle de sport
🥏 disque volant|discoplane frisbee sport ultimate ultime passe
🎳 bowling|boule jeu partie quilles sport strike
🏏 cricket|balle de batte jeu match sport
🏑 hockey sur gazon|balle crosse sport
🏒 hockey sur glace|crosse palet sport
🥍 crosse|balle but lacrosse raquette sport
🏓 ping-pong|balle jeu partie raquette sport tennis de table
🏸 badminton|jeu match raquette sport volant
🥊 gant de boxe|sport
🥋 tenue d’arts martiaux|judo karate kimono sport taekwondo
🥅 cage|but filet sport
⛳ drapeau de golf|sport trou
⛸️ patin à glace|patiner patinoire sport
🎣 pêche à la ligne|canne sport
🤿 masque de plongée|apnee et tuba plonger snorkeling
🎽 maillot de course|athletisme pied jogging running sport tee shirt
🎿 ski|neige sport
🛷 luge|glisser neige traineau
🥌 pierre de curling|granit jeu match partie sport
🎯 dans le mille|cible flechettes jeu
🪀 yoyo|descendre jouet monter osciller
🪁 cerf-volant|planer voler
🔫 pistolet à eau|arme feu flingue revolver
🎱 boule de billard|magique huit jeu pool
🔮 boule de cristal|avenir magie voyante
🪄@13 baguette magique|abracadabra magicien magie sorciere sort tour de
🎮 jeu vidéo|joystick manette playstation xbox
🕹️ manette de jeu|video joystick
🎰 machine à sous|casino jeu
🎲 dés|hasard jeu
🧩 pièce de puzzle|assemblage enigme indice interloque manquante
🧸 ours en peluche|jeu jouet nounours
🪅@13 piñata|mai bonbons cinco de mayo confiseries fete mexicain
🪩@14 boule à facettes|briller danse disco fete soiree
🪆@13 poupées russes|emboite empiler jouet matriochka gigogne russie
♠️ pique|carte couleur jeu
♥️ cœur cartes|jouer couleur jeu rouge
♦️ carreau|carreaux carte couleur jeu
♣️ trèfle cartes|jouer couleur jeu noir
♟️ pion d’échec|duper sacrifiable
🃏 carte Joker|cartes jouer jeu
🀄 dragon rouge mahjong|jeu jong
🎴 jeu des fleurs|carte jouer japonais
🎭 spectacle vivant|acteur actrice art masque theatre
🖼️ cadre avec image|art musee peinture tableau encadre
🎨 palette de peinture|artiste couleurs musee peindre peintre
🧵 bobine de fil|aiguille coudre couture ficelle
🪡@13 aiguille à coudre|broderie couture fil points suture tailleur
🧶 fil|boule crochet laine pelote tricot
🪢@13 nœud|attacher corde entrelacer lien noue tordre
[things]
👓 lunettes de vue|accessoire oeil vetements yeux
🕶️ lunettes de soleil|noires
🥽 lunettes|chimiste labo piscine protection soudage soudure masque natation des yeux
🥼 blouse blanche|docteur experience experimentation laboratoire manteau medecin scientifique vetements
🦺 gilet de sécurité|chantier fluo jaune orange surete visibilite
👔 cravate|chemise travail vetements
👕 T-shirt|bleu chemise courses decontracte polo shopping tee vetements week end
👖 jean|bleu courses denim pantalon shopping vetements week end
🧣 foulard|cou echarpe froid glagla vetements
🧤 gants|main vetements
🧥 manteau|froid glagla veste vetements
🧦 chaussettes|pieds vetements
👗 robe|courses elegante jolie shopping vetements
👘 kimono|vetements
🥻 sari|inde mode robe traditionnel vetement
🩱 maillot de bain une pièce
🩲 slip|maillot de bain sous vetement une piece
🩳 short|baignade calecon maillot de bain piscine plage sous vetement
👙 bikini|maillot de bain nager piscine plage vetements
👚 vêtements de femme|chemise chemisier courses shopping
🪭@15 éventail|agiter chaleur charmer chaud danser eventer rafraichir timide
👛 porte-monnaie|accessoire courses sac main shopping vetements
👜 sac à main|accessoire courses shopping vetements
👝 pochette|accessoire sac main trousse vetements
🛍️ sacs de shopping|achats courses
🎒 cartable|ecole sac dos
🩴@13 tong|claquettes ete mer plage sandales de tatanes tongs
👞 chaussure d’homme|accessoire coup de pied courses marron shopping vetements
👟 chaussure de sport|accessoire athletisme basket coup pied courir courses shopping tennis vetements vite
🥾 chaussure de randonnée|camping marche chaussures chantier montagne securite marron timberland vetements
🥿 chaussure plate|ballerine sans lacets chaussures plates mule vetements
👠 chaussure à talon haut|accessoire de femme courses mode shopping stilletto aiguille vetements
👡 sandale de femme|chaussure talon haut vetements
🩰 chaussons de danse|ballerines ballet chaussures classique
👢 botte de femme|accessoire chaussure courses shopping vetements
🪮@15 peigne afro|cheveux demeler demeloir peigner
👑 couronne|accessoire famille royale monarchie monarque reine roi royaute succes vetements
👒 chapeau de femme|vetements
🎩 haut de forme|accessoire chapeau elegant magie vetements
🎓 toque universitaire|accessoire chapeau diplome etudiant universite vetements
🧢 casquette américaine|baseball cap de chapeau vetements
🪖@13 casque militaire|armee equipement guerre guerrier protection soldat
⛑️ casque de secouriste|assistance croix blanche sauveteur secours
📿 chapelet|accessoire collier perles priere religion vetements
💄 rouge à lèvres|cosmetiques maquillage rendez vous
💍 bague|alliance amour brillant diamant etincelant fiancailles mariage solitaire
💎 pierre précieuse|argent bijou diamant fiancailles joyau mariage romantique
🔇 muet|chut enceinte haut parleur barre silence son sourdine
🔈 volume des enceintes faible|haut parleur son bas
🔉 volume des enceintes moyen|haut parleur son
🔊 volume des enceintes élevé|fort haut parleur musique son
📢 haut-parleur|communication fort megaphone message son
📣 porte-voix|encourager hourra manifestation megaphone
📯 cor postal|de facteur poste
🔔 cloche|clochette sonner
🔕 alarme désactivée|barree cloche silence
🎼 partition|musique note
🎵 note de musique
🎶 notes de musique|partition
🎙️ micro de studio|chant enregistrement microphone musique
🎚️ curseur de niveau|musique
🎛️ boutons de réglage|commande controle musique reglages
🎤 micro|chanter karaoke microphone musique
🎧 casque|ecouteurs musique son
📻 radio|actualites communication loisirs musique video
🎷 saxophone|instrument musique
🎺 trompette|instrument musique
🪊@17 trombone à coulisse|instrument musique
🪗@13 accordéon|bandoneon concertina instrument melodie musique piano bretelles
🎸 guitare|electrique instrument musique
🎹 piano|clavier instrument musique touches
🎻 violon|instrument musique
🪕 banjo|cordes instrument musique
🥁 batterie|baguettes musique tambour
🪘@13 djembé|battement conga instrument musique percussions rythme tambour
🪇@15 maracas|cha danser fete hochet instrument musique percussion secouer
🪈@15 flûte|bois fanfare fifre bec flutiste instrument musique orchestre piccolo
🪉@16 harpe|amour cupidon instrument musique orchestre
📱 téléphone portable|communication smartphone
📲 appel entrant|communication recevoir smartphone telephone portable avec une fleche
☎️ téléphone|rouge
📞 combiné téléphonique|communication telephone
📟 bipeur|communication pager
📠 fax|communication telecopieur
🔋 pile
🪫@14 pile faible|batterie decharge electronique energie
🔌 câble avec fiche électrique|branche electricite prise
💻 ordinateur portable|bureau travail
🖥️ ordinateur de bureau|moniteur
🖨️ imprimante|imprimer ordinateur
⌨️ clavier|informatique ordinateur
🖱️ souris d’ordinateur|informatique
🖲️ boule de commande|informatique ordinateur souris trackball
💽 disque d’ordinateur|minidisc
💾 disquette|informatique ordinateur
💿 CD|blu ray disque dvd
📀 DVD|blu ray cd disque
🧮 abaque|boulier calculation mathematiques
🎥 caméra|cinema filmer realisateur realisatrice video
🎞️ pellicule|bande cinema film
📽️ projecteur cinématographique|film video
🎬 clap|action ca tourne film
📺 téléviseur|petit ecran television tv
📷 appareil photo|selfie video
📸 appareil photo avec flash
📹 caméscope|camera filmer video
📼 cassette vidéo|magnetoscope vhs videocassette vintage
🔍 loupe orientée à gauche|agrandir chercher detective recherche
🔎 loupe orientée à droite|agrandir chercher detective recherche
🕯️ bougie|chandelle lumiere
💡 ampoule|allumer bande dessinee bd idee lampe lumiere
🔦 torche|lampe electrique lumiere outil
🏮 lampion rouge|japonais lanterne lumiere restaurant
🪔 diya|arti diwali fete inde huile lampe beurre
📔 carnet avec couverture|cahier ecole ecrire livre
📕 livre fermé|apprendre ecole enseignement lire litterature rouge manuel scolaire savoir
📖 livre ouvert|apprendre bibliotheque ecole enseignement etudier lecture lire litterature manuel scolaire roman savoir
📗 livre vert|apprendre bibliotheque ecole enseignement etudier lecture lire litterature manuel scolaire savoir
📘 livre bleu|apprendre ecole education lecture lire litterature manuel scolaire roman
📙 livre orange|apprendre ecole education lecture lire litterature manuel scolaire roman
📚 livres|apprendre bibliotheque ecole enseignement etudier lecture lire litterature manuels scolaires roman savoir
📓 carnet|cahier ecrire
📒 carnet de compte|cahier classeur grand livre
📃 page enroulée|document
📜 parchemin|papier
📄 page|document
📰 journal|actualites communication gros titres presse une
🗞️ journal roulé|actualites presse
📑 signets|marqueur onglets
🔖 marque-page|marqueur signet
🏷️ étiquette
🪙@13 pièce|argent euro fortune metal or de monnaie riche sou tresor
💰 sac plein d’argent|avare banque dollar parier payer
🪎@17 coffre au trésor|argenterie bijoux butin objets de valeur or pierre precieuse richesse
💴 billet en yens|argent de banque payer
💵 billet en dollars|argent de banque payer
💶 billet en euros|argent de banque payer
💷 billet en livres|argent de banque payer
💸 billet avec des ailes|argent banque dollars payer
💳 carte bancaire|argent banque de credit payer
🧾 reçu|comptabilite comptable facture faire les comptes justificatif preuve ticket de caisse
💹 courbe avec yen en hausse|banque croissance devise graphique marche monnaie tendance
✉️ enveloppe|courrier electronique mail lettre message
📧 e-mail|courriel courrier electronique lettre message
📨 message reçu|courriel courrier electronique mail enveloppe envoyer lettre recevoir
📩 enveloppe avec flèche|communication courriel courrier electronique mail envoi envoyer message
📤 boîte d’envoi|courriel courrier electronique mail envoyer fleche lettre message
📥 boîte de réception|courriel courrier electronique mail fleche lettre message recevoir
📦 colis|boite livraison paquet
📫 boîte aux lettres fermée drapeau levé|courrier
📪 boîte aux lettres fermée drapeau baissé|courrier
📬 boîte aux lettres ouverte drapeau levé|courrier
📭 boîte aux lettres ouverte drapeau baissé|courrier
📮 boîte aux lettres|courrier poste
🗳️ urne électorale|bulletin de avec un voter
✏️ crayon|papier gomme mine
✒️ stylo plume noir|ecrire
🖋️ stylo plume|ecrire
🖊️ stylo|ecrire bille
🖌️ pinceau|peinture
🖍️ crayon pastel|rouge
📝 mémo|bloc notes crayon ecrire
💼 porte-documents|accessoire bureau cartable
📁 dossier|fichier repertoire
📂 dossier ouvert|ouvrir le repertoire
🗂️ intercalaires|classement classeur index
📅 calendrier|date
📆 éphéméride|agenda calendrier date planning
🗒️ bloc-notes à spirale|spirales cahier
🗓️ calendrier à spirale|bloc notes spirales
📇 carnet d’adresses|carte fiche index rolodex vintage
📈 graphique en hausse|croissance donnees haut tendance
📉 graphique en baisse|bas chute donnees negatif tendance
📊 graphiques à barres|donnees
📋 porte-bloc|fournitures liste presse papiers
📌 punaise|fournitures
📍 épingle|carte emplacement fournitures punaise ronde
📎 trombone|fournitures
🖇️ trombones|fournitures
📏 règle|fournitures mathematiques plate
📐 équerre|fournitures mathematiques
✂️ ciseaux|couper decouper fournitures papier
🗃️ boîte à dossiers|classeur
🗄️ meuble à dossiers|classement classer classeur
🗑️ corbeille à papiers|poubelle
🔒 cadenas fermé|prive verrouiller
🔓 cadenas ouvert|deverrouiller ouvrir
🔏 cadenas fermé avec stylo|un plume confidentiel prive verrouille
🔐 cadenas fermé avec clé|une prive securise verrouille
🔑 clé|mot de passe ouvrir serrure
🗝️ clé ancienne|fermer indice serrure verrouiller
🔨 marteau|outil reparer travaux
🪓 hache|bois bucheron fendre hachette
⛏️ pioche|mine outil
⚒️ marteau et pioche|burin outils
🛠️ marteau et clé à molette|outils
🗡️ dague|arme couteau poignard
⚔️ épées croisées|armes
💣 bombe|bande dessinee bd boum danger explosion
🪃@13 boomerang|aborigene australie jeu outil repercussion retour
🏹 arc et flèche|archer astrologie horoscope sagittaire sport tir zodiaque
🛡️ bouclier|arme
🪚@13 scie|bois outil egoine scier
🔧 clé à molette|outil travaux
🪛@13 tournevis|outillage vis
🔩 vis et écrou|boulon outil travaux
⚙️ roue dentée|engrenage outil
🗜️ serre-joint|compresser comprimer outil joints
⚖️ balance à poids|astrologie horoscope justice zodiaque
🦯 canne blanche|accessibilite aveugle deficient visuel malvoyant
🔗 chaînons|chaine maillons mousqueton
⛓️‍💥@15.1 chaîne brisée|cassee rompue liberte
⛓️ chaînes
🪝@13 crochet|accrocher appater attraper capitaine ferrer hameconner
🧰 boîte à outils|caisse coffre mecanique mecano
🧲 aimant|aimanter attirer attraction fer cheval magnetique positif negatif
🪜@13 échelle|ascension barreau echelon escabeau grimper monter
🪏@16 pelle|beche creuser trou
⚗️ alambic|chimie outil
🧪 tube à essai|chimie chimiste experience experimentation laboratoire reaction sciences
🧫 boîte de pétri|bacterie bacteriologie biologie biologiste culture laboratoire organismes microbiologie science
🧬 adn|biologie biologiste evolution genetique science vie
🔬 microscope|experience laboratoire outil science
🔭 télescope|astronomie espace outil planetes science
📡 antenne satellite|parabolique parabole science
💉 seringue|aiguille docteur malade medecine piqure vaccination
🩸 goutte de sang|don du medecine menstruations regles
💊 pilule|docteur gelule malade medecine medicament vitamines
🩹 sparadrap|bandage bobo medecine pansement premiers secours
🩼@14 béquille|accident aide blesse boiter canne handicap
🩺 stéthoscope|coeur diagnostic docteur medecine poumons
🩻@14 radiographie|cage thoracique docteur medical os rayons squelette
🚪 porte|placard entree
🛗@13 ascenseur|accessibilite descente charge personnes montee
🪞@13 miroir|beaute glace image maquillage psyche reflet
🪟@13 fenêtre|air frais cadre carreaux ouverture transparent vitre vue
🛏️ lit|dormir hotel
🛋️ canapé et lampe|avec une
🪑 chaise|assis siege
🚽 toilettes|cabinets wc
🪠@13 ventouse|bouche deboucheur degorgement outil plombier succion toilettes
🚿 douche|eau pommeau de
🛁 baignoire|bain mousse
🪤@13 tapette à souris|apat appat fromage leurre piege rat
🪒 rasoir|coupant lame raser tranchant
🧴 bouteille de lotion|apres shampoing creme hydratante pour le corps solaire flacon shampooing
🧷 épingle de sûreté|couche nourrice imperdable lange punk rock
🧹 balai|balais balayage menage nettoie nettoyage nettoyer sorciere
🧺 panier|agriculture cueillette lessive linge pique nique
🧻 rouleau de papier|essuie tout hygienique toilette pq
🪣@13 seau|conteneur plage
🧼 savon|bain bulles lavage laver me mousse pain de porte se
🫧@14 bulles|propre savon sous eau
🪥@13 brosse à dents|brosser les dentaire hygiene laver salle bain
🧽 éponge|absorbante absorbe laver nettoyage nettoyer poreuse savonner
🧯 extincteur|chaud eteindre feu fire incendie
🛒 chariot|caddie courses panier shopping supermarche
🚬 cigarette|allumee fumer fumeur signe
⚰️ cercueil|enterrement mort obseques vampire
🪦@13 pierre tombale|cimetiere enterrement funerailles memorial mort rip sepulture stele tombe
⚱️ urne funéraire|cendres mort obseques
🧿 mauvais œil|amulette bleu boncuk nazarboncuk perle superstition talisman turc
🪬@14 main de Fatma|amulette chance hamsa khamsa myriam protection
🗿 moai|ile de paques monolithe statue voyage
🪧@13 pancarte|affiche ecriteau greve manifestation panneau protestation signe
🪪@14 carte d’identité|justificatif papiers permis de conduire piece securite
[signs]
🏧 distributeur de billets|argent banque dab automatiques guichet retrait
🚮 icône Poubelle|corbeille dechets jeter
🚰 eau potable|du robinet
♿ symbole Accès handicapés|fauteuil roulant mobilite reduite
🚹 symbole Toilettes hommes|wc
🚺 symbole Toilettes femmes|wc
🚻 panneau Toilettes|wc
🚼 symbole Bébé|espace de change
🚾 WC|toilettes
🛂 contrôle des passeports
🛃 douane|douanes
🛄 retrait des bagages|aeroport arrivee avion valise voyage
🛅 consigne|bagages casier cle valise
⚠️ symbole d’avertissement|attention
🚸 traversée d’enfants|circulation ecole pietons
⛔ sens interdit|circulation entree interdite interdiction non panneau
🚫 symbole d’interdiction|entree interdite
🚳 vélos interdits|bicyclette interdiction
🚭 interdiction de fumer|cigarette barree interdit
🚯 dépôt d’ordures interdit|dechets interdiction ne pas jeter
🚱 eau non potable|imbuvable interdiction interdit ne pas boire
🚷 interdit aux piétons|interdiction
📵 téléphones portables interdits|interdiction
🔞 18 ans et plus|dix huit interdiction interdit aux mineurs moins de limite age majorite
☢️ radioactif|radioactivite symbole
☣️ danger biologique|symbole
⬆️ flèche haut|direction nord sens
↗️ flèche haut droite|direction nord est sens
➡️ flèche droite|direction est sens
↘️ flèche bas droite|direction sens sud est
⬇️ flèche bas|direction sens sud
↙️ flèche bas gauche|direction sens sud ouest
⬅️ flèche gauche|direction ouest sens
↖️ flèche haut gauche|direction nord ouest sens
↕️ flèche haut bas|dans les deux sens
↔️ flèche gauche droite
↩️ flèche courbe gauche
↪️ flèche courbe droite
⤴️ flèche courbe haut|vers la droite et le
⤵️ flèche courbe bas
🔃 flèches dans le sens horaire|actualiser des aiguilles une montre symbole recharger
🔄 flèches dans le sens antihoraire|actualiser retour contraire des aiguilles une montre horaire inverse
🔙 flèche Retour|vers la gauche
🔚 flèche Fin|vers la gauche
🔛 flèche Activé|droite et gauche dans les deux sens
🔜 flèche Bientôt
🔝 flèche En haut|vers le
🛐 lieu de culte|prier religion
⚛️ symbole de l’atome|athee
🕉️ om|hindou religion
✡️ étoile de David|judaisme juif juive religion
☸️ roue du Dharma|bouddhisme bouddhiste religion de
☯️ yin yang|complementaire religion taoisme
✝️ croix latine|chretienne religion
☦️ croix orthodoxe|chretienne religion
☪️ lune et étoile|islam musulmane ramadan religion
☮️ symbole de paix|et amour peace and love
🕎 chandelier à sept branches|candelabre hanoucca hanoukka judaisme juif juive menorah religion
🔯 étoile à 6 branches|chance judaisme juif juive
🪯@15 khanda|deg tegh fateh foi khalsa religion sikhisme
♈ bélier zodiaque|astrologie horoscope
♉ taureau|astrologie horoscope zodiaque
♊ gémeaux|astrologie horoscope zodiaque
♋ cancer|astrologie crabe horoscope zodiaque
♌ lion|astrologie horoscope zodiaque
♍ vierge|astrologie horoscope zodiaque
♎ balance|astrologie horoscope justice zodiaque
♏ scorpion zodiaque|astrologie horoscope
♐ sagittaire|astrologie horoscope zodiaque
♑ capricorne|astrologie chevre horoscope zodiaque
♒ verseau|astrologie eau horoscope zodiaque
♓ poissons|astrologie horoscope zodiaque
⛎ serpentaire|ophiuchus zodiaque
🔀 bouton lecture aléatoire|fleches croisees
🔁 bouton répétition|repeter fleches en cercle sens des aiguilles une montre horaire
🔂 bouton répétition de la piste|fleches en cercle avec repeter une fois sens des aiguilles montre horaire
▶️ bouton lecture|droite fleche lire triangle
⏩ bouton avance rapide|double fleche
⏭️ bouton piste suivante|double fleche scene triangle
⏯️ bouton lecture/pause|fleche triangle
◀️ bouton retour|fleche gauche triangle
⏪ bouton retour rapide|double fleche
⏮️ bouton piste précédente|fleche scene triangle
🔼 petit triangle haut|bouton fleche
⏫ double flèche vers le haut|rapide
🔽 petit triangle bas|bouton fleche
⏬ double flèche vers le bas|rapide
⏸️ bouton pause
⏹️ bouton stop|carre
⏺️ bouton enregistrer|cercle enregistrement point blanc
⏏️ bouton éjecter
🎦 cinéma|camera film
🔅 luminosité faible|brillance lumiere soleil
🔆 luminosité élevée|brillance lumiere soleil
📶 barres de réseau|communication couverture portable reception telephone
🛜@15 sans fil|connexion haut debit hotspot internet ordinateur reseau routeur smartphone wifi wlan
📳 mode vibreur|communication portable telephone
📴 téléphone éteint|eteindre portable
♀️ symbole de la femme
♂️ symbole de l’homme
⚧️@13 symbole de la communauté transgenre
✖️ signe multiplier|annuler croix noire multiplication non
➕ plus|addition ajouter arithmetique mathematiques signe somme
➖ moins|arithmetique mathematiques signe soustraction soustraire
➗ signe diviser|algebre division mathematiques
🟰@14 signe égal gras|egalite mathematiques reponse
♾️ infini|eternite illimite universel
‼️ double point d’exclamation|ponctuation surprise
⁉️ points d’exclamation et d’interrogation|ponctuation question surprise
❓ point d’interrogation rouge|ponctuation question
❔ point d’interrogation blanc|ponctuation question
❕ point d’exclamation blanc|ponctuation surprise
❗ point d’exclamation rouge|ponctuation
〰️ ligne ondulée|ponctuation tiret trait union vague
💱 conversion de devise|argent banque change
💲 symbole dollar|argent devise especes payer
⚕️ caducée|docteur esculape medecine personnel
♻️ symbole Recyclage
⚜️ fleur de lys|blason lis reine roi royaute francaise
🔱 trident|ancre bateau fourche mer poseidon
📛 badge nominatif
🔰 symbole japonais de débutant|chevron jaune et vert
⭕ cercle rouge|anneau gros
✅ bouton coché|carre blanche marque ok oui selection termine voila
☑️ case cochée|bouton carre ok oui selection termine voila
✔️ coche|noire ok oui selection termine voila
❌ croix|annuler rouge multiplication multiplier
❎ bouton croix|multiplier vert
➰ boucle|bouclette
➿ double boucle
〽️ alternance|symbole
✳️ astérisque huit branches|asterique etoile
✴️ étoile huit branches|asterisque
❇️ éclat|briller etinceler etincelle scintiller
©️ symbole copyright|droits auteur propriete intellectuelle
®️ marque déposée|commerciale
™️ marque commerciale déposée|tm
🫟@16 éclaboussure|holi peinture tache
#️⃣ touches : #
*️⃣ touches : *
0️⃣ touches : 0|zero
1️⃣ touches : 1|un
2️⃣ touches : 2|deux
3️⃣ touches : 3|trois
4️⃣ touches : 4|quatre
5️⃣ touches : 5|cinq
6️⃣ touches : 6|six
7️⃣ touches : 7|sept
8️⃣ touches : 8|huit
9️⃣ touches : 9|neuf
🔟 touches : 10
🔠 majuscules|abcd alphabet lettres latines saisie en
🔡 minuscules|abcd alphabet lettres latines saisie de
🔢 saisie de chiffres|1234
🔣 saisie de symboles
🔤 alphabet latin|abc lettres saisie de
🅰️ groupe sanguin A
🆎 groupe sanguin AB
🅱️ groupe sanguin B
🆑 bouton Effacer|cl icone
🆒 bouton Cool|icone
🆓 bouton Gratuit|icone
ℹ️ source d’informations|guichet
🆔 bouton Identifiant|icone
Ⓜ️ m encerclé|cercle
🆕 bouton Nouveau|icone nouveaute
🆖 bouton Pas bien|ng interdit mauvais
🅾️ groupe sanguin O
🆗 bouton OK|icone
🅿️ bouton P|panneau parking
🆘 bouton SOS|aide au secours icone
🆙 bouton Vers le haut|icone nouveaute up
🆚 bouton VS|contre icone versus
🈁 bouton ici en japonais|ideogramme katakana
🈂️ bouton frais de service en japonais|ideogramme katakana
🈷️ bouton montant mensuel en japonais|ideogramme
🈶 bouton pas gratuit en japonais|ideogramme payant
🈯 bouton réservé en japonais|ideogramme
🉐 bouton bonne affaire en japonais|ideogramme avantage
🈹 bouton réduction en japonais|ideogramme rabais
🈚 bouton gratuit en japonais|ideogramme
🈲 bouton interdit en japonais|ideogramme
🉑 bouton accepter en japonais|acceptable ideogramme
🈸 bouton application en japonais|ideogramme appliquer
🈴 bouton note pour réussir en japonais|ideogramme de passage
🈳 bouton chambres disponibles en japonais|ideogramme vide
㊗️ bouton félicitations en japonais|ideogramme
㊙️ bouton secret en japonais|ideogramme
🈺 bouton ouvert pour affaires en japonais|ideogramme
🈵 bouton complet en japonais|ideogramme plenitude
🔴 disque rouge|cercle forme geometrique geometrie rond
🟠 disque orange|cercle forme geometrique geometrie rond
🟡 disque jaune|cercle forme geometrique geometrie rond
🟢 disque vert|cercle forme geometrique geometrie rond
🔵 disque bleu|cercle forme geometrique geometrie rond
🟣 disque violet|cercle forme geometrique geometrie rond
🟤 disque marron|brun cercle forme geometrique geometrie rond
⚫ disque noir|cercle forme geometrique geometrie rond
⚪ disque blanc|cercle forme geometrique geometrie rond
🟥 carré rouge|forme geometrique geometrie
🟧 carré orange|forme geometrique geometrie
🟨 carré jaune|forme geometrique geometrie
🟩 carré vert|forme geometrique geometrie
🟦 carré bleu|forme geometrique geometrie
🟪 carré violet|forme geometrique geometrie
🟫 carré marron|brun forme geometrique geometrie
⬛ grand carré noir|forme geometrique geometrie
⬜ grand carré blanc|forme geometrie
◼️ carré moyen noir|forme geometrique geometrie
◻️ carré moyen blanc|forme geometrique geometrie
◾ carré petit moyen noir|forme geometrie
◽ carré petit moyen blanc|forme geometrie
▪️ petit carré noir|forme geometrique geometrie
▫️ petit carré blanc|forme geometrique geometrie
🔶 grand losange orange|forme geometrique geometrie
🔷 grand losange bleu|forme geometrique geometrie orange
🔸 petit losange orange|forme geometrique geometrie
🔹 petit losange bleu|forme geometrique geometrie
🔺 triangle rouge pointant vers le haut|fleche forme geometrique geometrie pointe
🔻 triangle rouge pointant vers le bas|fleche forme geometrie pointe
💠 diamant avec un point|bande dessinee bd geometrie geometrique interieur
🔘 bouton radio|forme geometrie geometrique rond
🔳 carré blanc|bouton forme geometrie
🔲 carré noir|bouton forme geometrie
[flags]
🏁 drapeau à damier|course automobile formule ligne arrivee sport vainqueur
🚩 drapeau triangulaire|rouge fanion golf
🎌 drapeaux croisés|japonais
🏴 drapeau noir|qui flotte au vent
🏳️ drapeau blanc|qui flotte au vent
🏳️‍🌈 drapeau arc-en-ciel|lgbt
🏳️‍⚧️@13 drapeau transgenre|blanc bleu clair rose
🏴‍☠️ drapeau de pirate|pillage piller tresor
🇦🇨 drapeau : Île de l’Ascension
🇦🇩 drapeau : Andorre
🇦🇪 drapeau : Émirats arabes unis
🇦🇫 drapeau : Afghanistan
🇦🇬 drapeau : Antigua-et-Barbuda
🇦🇮 drapeau : Anguilla
🇦🇱 drapeau : Albanie
🇦🇲 drapeau : Arménie
🇦🇴 drapeau : Angola
🇦🇶 drapeau : Antarctique
🇦🇷 drapeau : Argentine
🇦🇸 drapeau : Samoa américaines
🇦🇹 drapeau : Autriche
🇦🇺 drapeau : Australie
🇦🇼 drapeau : Aruba
🇦🇽 drapeau : Îles Åland
🇦🇿 drapeau : Azerbaïdjan
🇧🇦 drapeau : Bosnie-Herzégovine
🇧🇧 drapeau : Barbade
🇧🇩 drapeau : Bangladesh
🇧🇪 drapeau : Belgique
🇧🇫 drapeau : Burkina Faso
🇧🇬 drapeau : Bulgarie
🇧🇭 drapeau : Bahreïn
🇧🇮 drapeau : Burundi
🇧🇯 drapeau : Bénin
🇧🇱 drapeau : Saint-Barthélemy
🇧🇲 drapeau : Bermudes
🇧🇳 drapeau : Brunei
🇧🇴 drapeau : Bolivie
🇧🇶 drapeau : Pays-Bas caribéens
🇧🇷 drapeau : Brésil
🇧🇸 drapeau : Bahamas
🇧🇹 drapeau : Bhoutan
🇧🇻 drapeau : Île Bouvet
🇧🇼 drapeau : Botswana
🇧🇾 drapeau : Biélorussie
🇧🇿 drapeau : Belize
🇨🇦 drapeau : Canada
🇨🇨 drapeau : Îles Cocos
🇨🇩 drapeau : Congo-Kinshasa
🇨🇫 drapeau : République centrafricaine
🇨🇬 drapeau : Congo-Brazzaville
🇨🇭 drapeau : Suisse
🇨🇮 drapeau : Côte d’Ivoire
🇨🇰 drapeau : Îles Cook
🇨🇱 drapeau : Chili
🇨🇲 drapeau : Cameroun
🇨🇳 drapeau : Chine
🇨🇴 drapeau : Colombie
🇨🇵 drapeau : Île Clipperton
🇨🇶@16 drapeau : Sercq
🇨🇷 drapeau : Costa Rica
🇨🇺 drapeau : Cuba
🇨🇻 drapeau : Cap-Vert
🇨🇼 drapeau : Curaçao
🇨🇽 drapeau : Île Christmas
🇨🇾 drapeau : Chypre
🇨🇿 drapeau : Tchéquie
🇩🇪 drapeau : Allemagne
🇩🇬 drapeau : Diego Garcia
🇩🇯 drapeau : Djibouti
🇩🇰 drapeau : Danemark
🇩🇲 drapeau : Dominique
🇩🇴 drapeau : République dominicaine
🇩🇿 drapeau : Algérie
🇪🇦 drapeau : Ceuta et Melilla
🇪🇨 drapeau : Équateur
🇪🇪 drapeau : Estonie
🇪🇬 drapeau : Égypte
🇪🇭 drapeau : Sahara occidental
🇪🇷 drapeau : Érythrée
🇪🇸 drapeau : Espagne
🇪🇹 drapeau : Éthiopie
🇪🇺 drapeau : Union européenne
🇫🇮 drapeau : Finlande
🇫🇯 drapeau : Fidji
🇫🇰 drapeau : Îles Malouines
🇫🇲 drapeau : Micronésie
🇫🇴 drapeau : Îles Féroé
🇫🇷 drapeau : France
🇬🇦 drapeau : Gabon
🇬🇧 drapeau : Royaume-Uni
🇬🇩 drapeau : Grenade
🇬🇪 drapeau : Géorgie
🇬🇫 drapeau : Guyane française
🇬🇬 drapeau : Guernesey
🇬🇭 drapeau : Ghana
🇬🇮 drapeau : Gibraltar
🇬🇱 drapeau : Groenland
🇬🇲 drapeau : Gambie
🇬🇳 drapeau : Guinée
🇬🇵 drapeau : Guadeloupe
🇬🇶 drapeau : Guinée équatoriale
🇬🇷 drapeau : Grèce
🇬🇸 drapeau : Géorgie du Sud-et-les Îles Sandwich du Sud
🇬🇹 drapeau : Guatemala
🇬🇺 drapeau : Guam
🇬🇼 drapeau : Guinée-Bissau
🇬🇾 drapeau : Guyana
🇭🇰 drapeau : R.A.S. chinoise de Hong Kong
🇭🇲 drapeau : Îles Heard-et-MacDonald
🇭🇳 drapeau : Honduras
🇭🇷 drapeau : Croatie
🇭🇹 drapeau : Haïti
🇭🇺 drapeau : Hongrie
🇮🇨 drapeau : Îles Canaries
🇮🇩 drapeau : Indonésie
🇮🇪 drapeau : Irlande
🇮🇱 drapeau : Israël
🇮🇲 drapeau : Île de Man
🇮🇳 drapeau : Inde
🇮🇴 drapeau : Territoire britannique de l’océan Indien
🇮🇶 drapeau : Irak
🇮🇷 drapeau : Iran
🇮🇸 drapeau : Islande
🇮🇹 drapeau : Italie
🇯🇪 drapeau : Jersey
🇯🇲 drapeau : Jamaïque
🇯🇴 drapeau : Jordanie
🇯🇵 drapeau : Japon
🇰🇪 drapeau : Kenya
🇰🇬 drapeau : Kirghizstan
🇰🇭 drapeau : Cambodge
🇰🇮 drapeau : Kiribati
🇰🇲 drapeau : Comores
🇰🇳 drapeau : Saint-Christophe-et-Niévès
🇰🇵 drapeau : Corée du Nord
🇰🇷 drapeau : Corée du Sud
🇰🇼 drapeau : Koweït
🇰🇾 drapeau : Îles Caïmans
🇰🇿 drapeau : Kazakhstan
🇱🇦 drapeau : Laos
🇱🇧 drapeau : Liban
🇱🇨 drapeau : Sainte-Lucie
🇱🇮 drapeau : Liechtenstein
🇱🇰 drapeau : Sri Lanka
🇱🇷 drapeau : Liberia
🇱🇸 drapeau : Lesotho
🇱🇹 drapeau : Lituanie
🇱🇺 drapeau : Luxembourg
🇱🇻 drapeau : Lettonie
🇱🇾 drapeau : Libye
🇲🇦 drapeau : Maroc
🇲🇨 drapeau : Monaco
🇲🇩 drapeau : Moldavie
🇲🇪 drapeau : Monténégro
🇲🇫 drapeau : Saint-Martin
🇲🇬 drapeau : Madagascar
🇲🇭 drapeau : Îles Marshall
🇲🇰 drapeau : Macédoine du Nord
🇲🇱 drapeau : Mali
🇲🇲 drapeau : Myanmar (Birmanie)
🇲🇳 drapeau : Mongolie
🇲🇴 drapeau : R.A.S. chinoise de Macao
🇲🇵 drapeau : Îles Mariannes du Nord
🇲🇶 drapeau : Martinique
🇲🇷 drapeau : Mauritanie
🇲🇸 drapeau : Montserrat
🇲🇹 drapeau : Malte
🇲🇺 drapeau : Maurice
🇲🇻 drapeau : Maldives
🇲🇼 drapeau : Malawi
🇲🇽 drapeau : Mexique
🇲🇾 drapeau : Malaisie
🇲🇿 drapeau : Mozambique
🇳🇦 drapeau : Namibie
🇳🇨 drapeau : Nouvelle-Calédonie
🇳🇪 drapeau : Niger
🇳🇫 drapeau : Île Norfolk
🇳🇬 drapeau : Nigeria
🇳🇮 drapeau : Nicaragua
🇳🇱 drapeau : Pays-Bas
🇳🇴 drapeau : Norvège
🇳🇵 drapeau : Népal
🇳🇷 drapeau : Nauru
🇳🇺 drapeau : Niue
🇳🇿 drapeau : Nouvelle-Zélande
🇴🇲 drapeau : Oman
🇵🇦 drapeau : Panama
🇵🇪 drapeau : Pérou
🇵🇫 drapeau : Polynésie française
🇵🇬 drapeau : Papouasie-Nouvelle-Guinée
🇵🇭 drapeau : Philippines
🇵🇰 drapeau : Pakistan
🇵🇱 drapeau : Pologne
🇵🇲 drapeau : Saint-Pierre-et-Miquelon
🇵🇳 drapeau : Îles Pitcairn
🇵🇷 drapeau : Porto Rico
🇵🇸 drapeau : Territoires palestiniens
🇵🇹 drapeau : Portugal
🇵🇼 drapeau : Palaos
🇵🇾 drapeau : Paraguay
🇶🇦 drapeau : Qatar
🇷🇪 drapeau : La Réunion
🇷🇴 drapeau : Roumanie
🇷🇸 drapeau : Serbie
🇷🇺 drapeau : Russie
🇷🇼 drapeau : Rwanda
🇸🇦 drapeau : Arabie saoudite
🇸🇧 drapeau : Îles Salomon
🇸🇨 drapeau : Seychelles
🇸🇩 drapeau : Soudan
🇸🇪 drapeau : Suède
🇸🇬 drapeau : Singapour
🇸🇭 drapeau : Sainte-Hélène
🇸🇮 drapeau : Slovénie
🇸🇯 drapeau : Svalbard et Jan Mayen
🇸🇰 drapeau : Slovaquie
🇸🇱 drapeau : Sierra Leone
🇸🇲 drapeau : Saint-Marin
🇸🇳 drapeau : Sénégal
🇸🇴 drapeau : Somalie
🇸🇷 drapeau : Suriname
🇸🇸 drapeau : Soudan du Sud
🇸🇹 drapeau : Sao Tomé-et-Principe
🇸🇻 drapeau : Salvador
🇸🇽 drapeau : Saint-Martin (partie néerlandaise)
🇸🇾 drapeau : Syrie
🇸🇿 drapeau : Eswatini
🇹🇦 drapeau : Tristan da Cunha
🇹🇨 drapeau : Îles Turques-et-Caïques
🇹🇩 drapeau : Tchad
🇹🇫 drapeau : Terres australes françaises
🇹🇬 drapeau : Togo
🇹🇭 drapeau : Thaïlande
🇹🇯 drapeau : Tadjikistan
🇹🇰 drapeau : Tokelau
🇹🇱 drapeau : Timor oriental
🇹🇲 drapeau : Turkménistan
🇹🇳 drapeau : Tunisie
🇹🇴 drapeau : Tonga
🇹🇷 drapeau : Turquie
🇹🇹 drapeau : Trinité-et-Tobago
🇹🇻 drapeau : Tuvalu
🇹🇼 drapeau : Taïwan
🇹🇿 drapeau : Tanzanie
🇺🇦 drapeau : Ukraine
🇺🇬 drapeau : Ouganda
🇺🇲 drapeau : Îles mineures éloignées des États-Unis
🇺🇳 drapeau : Nations Unies
🇺🇸 drapeau : États-Unis
🇺🇾 drapeau : Uruguay
🇺🇿 drapeau : Ouzbékistan
🇻🇦 drapeau : État de la Cité du Vatican
🇻🇨 drapeau : Saint-Vincent-et-les Grenadines
🇻🇪 drapeau : Venezuela
🇻🇬 drapeau : Îles Vierges britanniques
🇻🇮 drapeau : Îles Vierges des États-Unis
🇻🇳 drapeau : Viêt Nam
🇻🇺 drapeau : Vanuatu
🇼🇫 drapeau : Wallis-et-Futuna
🇼🇸 drapeau : Samoa
🇽🇰 drapeau : Kosovo
🇾🇪 drapeau : Yémen
🇾🇹 drapeau : Mayotte
🇿🇦 drapeau : Afrique du Sud
🇿🇲 drapeau : Zambie
🇿🇼 drapeau : Zimbabwe
🏴󠁧󠁢󠁥󠁮󠁧󠁿 drapeau : Angleterre
🏴󠁧󠁢󠁳󠁣󠁴󠁿 drapeau : Écosse
🏴󠁧󠁢󠁷󠁬󠁳󠁿 drapeau : Pays de Galles
`;
