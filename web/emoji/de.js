/**
 * Emoji in Deutsch: Unicode CLDR 48.2.0, © Unicode, Inc., Unicode-3.0 (LICENSE-DATA).
 * Written by bin/emoji-data, read by model/emoji-search.js.
 */

export default `
[faces]
😀 grinsendes Gesicht|frohlich haha lachen lol lustig smiley
😃 grinsendes Gesicht mit großen Augen|frohlich glucklich lacheln lachen lol lustig mund offen smiley
😄 grinsendes Gesicht mit lachenden Augen|frohlich geschlossen glucklich lacheln lol lustig mund offen smiley witzig
😁 strahlendes Gesicht mit lachenden Augen|frohlich grinsen happy lacheln lustig smiley zahne
😆 Grinsegesicht mit zugekniffenen Augen|geschlossen gesicht grinsen haha hehe hihi lachen lol lustig mund offen smiley witzig zusammengekniffen
😅 grinsendes Gesicht mit Schweißtropfen|lacheln lachen lustig mund nervos offen schwitzen smiley
🤣 sich vor Lachen auf dem Boden wälzen|gesicht haha hehe lol lustig muahaha rofl smiley tranen witzig
😂 Gesicht mit Freudentränen|frohlich haha happy hehe hihi lachen lol lustig muahaha rofl smiley tranen witzig
🙂 leicht lächelndes Gesicht|smiley
🙃 umgekehrtes Gesicht|auf dem kopf lacheln smiley stehen
🫠@14 schmelzendes Gesicht|auflosen beschamt flussig hitze sarkasmus sarkastisch schwitzen smiley verschwinden
😉 zwinkerndes Gesicht|auge flirten sexy smiley zudrucken zugedruckt zukneifen zuzwinkern
😊 lächelndes Gesicht mit lachenden Augen|erroten freude freundlich glucklich rot wangen
😇 lächelndes Gesicht mit Heiligenschein|brav engel glucklich lieb seelig smiley
🥰 lächelndes Gesicht mit Herzen|anhimmeln bewundern hdgdl hdl herzchen liebe smiley verknallt verliebt verzuckt
😍 lächelndes Gesicht mit herzförmigen Augen|glucklich herzen liebe smiley verliebt
🤩 überwältigt|aufgeregt augen gesicht grinsen smiley star stern wow
😘 Kuss zuwerfendes Gesicht|flirten kusschen kussen lieb smiley
😗 küssendes Gesicht|flirten hdl knutsch smiley xoxo
☺️ lächelndes Gesicht|frohlich rot smiley wangen
😚 küssendes Gesicht mit geschlossenen Augen|knutsch kusschen rot smiley ugen wangen
😙 küssendes Gesicht mit lächelnden Augen|flirten knutsch smiley
🥲@13 lachendes Gesicht mit Träne|beruhrt dankbar erleichtert freudentrane geruhrt lacheln smiley stolz
😋 sich die Lippen leckendes Gesicht|lacheln leckeres essen leckender smiley zunge
😛 Gesicht mit herausgestreckter Zunge|atsch bah lachen lustig smiley
😜 zwinkerndes Gesicht mit herausgestreckter Zunge|auge herausstrecken smiley zudrucken zugedruckt
🤪 irres Gesicht|augen gross klein smiley verruckt
😝 Gesicht mit herausgestreckter Zunge und zusammengekniffenen Augen|bah ekel herausstrecken igitt schmeck schrecklich smiley zusammenkneifen
🤑 Gesicht mit Dollarzeichen|geld mund smiley zunge
🤗 Gesicht mit umarmenden Händen|drucken smiley umarmung
🤭 verlegen kicherndes Gesicht|haha hand hihi huch lachen mund rot smiley wangen
🫢@14 Gesicht mit offenen Augen und Hand über dem Mund|erschrecken erstaunen furcht geschockt omg schock smiley uberraschung unglauben verlegenheit
🫣@14 Gesicht mit durch die Finger linsendem Auge|gebannt hervorlugen schuchtern smiley spahen starren verlegen
🤫 ermahnendes Gesicht|finger leise psst pst ruhe ruhig sch smiley
🤔 nachdenkendes Gesicht|fragen grubeln hm komisch nachdenklich smiley wundern
🫡@14 salutierendes Gesicht|aye jawohl jawoll militar ok respekt smiley zu befehl
🤐 Gesicht mit Reißverschlussmund|geheimnis halten mund schweigen smiley wahren
🤨 Gesicht mit hochgezogenen Augenbrauen|argwohnisch misstrauen skeptisch smiley stutzig zweifel
😐 neutrales Gesicht|ausdruckslos kommentarlos smiley todernst unbeeindruckt
😑 ausdrucksloses Gesicht|kommentarlos selbstgefallig smiley unbeeindruckt unglaublich
😶 Gesicht ohne Mund|kein smiley sprachlos
🫥@14 gestricheltes Gesicht|depressiv deprimiert egal introvertiert smiley traurig unsichtbar verschwinden verstecken
😶‍🌫️@13.1 Gesicht in Wolken|geistesabwesend im nebel kopf
😏 süffisant lächelndes Gesicht|feixen flirten mundwinkel schief smiley
😒 verstimmtes Gesicht|langweilig smiley traurig unglucklich unzufrieden
🙄 Augen verdrehendes Gesicht|genervt meinetwegen nerv ohje rollen smiley verrollen
😬 Grimassen schneidendes Gesicht|peinlich smiley verziehen zahne
😮‍💨@13.1 Gesicht, das ausatmet|ausatmen erleichtert erschopft husten puh pusten schnaufen seufzen smiley
🤥 lügendes Gesicht|nase pinocchio schwindel
🫨@15 zitterndes Doppelgesicht|erdbeben gesicht omg panik schock smiley uberrascht verruckt vibrieren wow
🙂‍↔️@15.1 Kopfschütteln|nein schutteln
🙂‍↕️@15.1 Kopfnicken|ja nicken
😌 erleichtertes Gesicht|augen entspannt geschlossen smiley zen zufrieden
😔 nachdenkliches Gesicht|enttauscht schrecklich smiley traurig verlieren verloren
😪 schläfriges Gesicht|gute mude nacht smiley traurig
🤤 sabberndes Gesicht|smiley
😴 schlafendes Gesicht|dosen einschlafen gahnen gute nacht langweilig mittagsschlaf mude nickerchen smiley zzz
🫩@16 Gesicht mit Augenringen|erschopft mude schlafrig smiley ubermudet
😷 Gesicht mit Atemschutzmaske|arzt bazillen erkaltet krankheit mundschutz schutzmaske smiley viren virus
🤒 Gesicht mit Fieberthermometer|krank messen smiley thermometer
🤕 Gesicht mit Kopfverband|aua autsch schmerzen smiley verband verletzung
🤢 würgendes Gesicht|ekel eklig erbrechen grun igitt smiley ubelkeit ubergeben widerlich
🤮 kotzendes Gesicht|brechen erbrechen krank schlecht smiley speien spucken ubel ubergeben
🤧 niesendes Gesicht|erkaltet erkaltung gesundheit grippe hatschi krank nase putzen smiley taschentuch
🥵 schwitzendes Gesicht|erhitzt fieber fiebrig heiss herausstrecken hitze hitzschlag rot schnaufen smiley zunge
🥶 frierendes Gesicht|bibbern blau eisig erfrieren frosteln frostig kalt smiley unter null zahneklappern zittern
🥴 schwindeliges Gesicht|angeheitert angeschwipst angetrunken benebelt berauscht beschwipst betrunken gewellt mund schwindlig smiley
😵 benommenes Gesicht|augen ko krank kreuze schwindelig schwindlig smiley
😵‍💫@13.1 Gesicht mit Spiralen als Augen|hohenangst hypnose hypnotisiert omg schwindelig schwindlig smiley verwirrt wirr
🤯 explodierender Kopf|entsetzt geschockt gesicht schockiert smiley uberwaltigt unglaublich
🤠 Gesicht mit Cowboyhut|cowgirl hut smiley
🥳 Partygesicht|aufgeregt feier fest frohlich geburtstag gesicht gluckwunsch hurra hut smiley uberraschung
🥸@13 verkleidet|brille gesicht incognito inkognito maske nasenbrille person smiley spionieren verdeckt verkleidung
😎 lächelndes Gesicht mit Sonnenbrille|cool smiley
🤓 Strebergesicht|brille gesicht intelligent klug nerd schlaumeier smart smiley
🧐 Gesicht mit Monokel|elegant reich smiley
😕 verwundertes Gesicht|keine ahnung smiley traurig verwirrt weiss nicht
🫤@14 Gesicht mit schrägem Mund|enttauscht genervt hmpf keine ahnung langweilig skeptisch smiley unsicher zweifelnd
😟 besorgtes Gesicht|smiley sorgen traurig
🙁 betrübtes Gesicht|schade smiley traurig
☹️ düsteres Gesicht|deprimiert smiley stirnrunzelnd traurig
😮 Gesicht mit offenem Mund|erstaunt omg schockiert unglaublich vergessen wow
😯 verdutztes Gesicht|erstaunt omg smiley sprachlos
😲 erstauntes Gesicht|nee omg schockiert smiley verwundert
😳 errötetes Gesicht mit großen Augen|erroten peinlich rot schamen smiley uberrascht verlegen wangen
🫪@17 verzerrtes Gesicht|angstlich aufgedunsen besorgt panik panisch schockiert uberrascht
🥺 bettelndes Gesicht|anflehen augen bitten flehend gross kulleraugen smiley traurig welpenaugen
🥹@14 Gesicht, das Tränen zurückhält|aufgebracht dankbar freudentranen geruhrt ruhrung smiley stolz weinen zuruckhalten
😦 entsetztes Gesicht|mund offen schockiert smiley verwundert
😧 qualvolles Gesicht|arm leidend smiley vergessen wow
😨 ängstliches Gesicht|besorgt
😰 besorgtes Gesicht mit Schweißtropfen|angstlich angstschweiss mund nervos offen
😥 trauriges aber erleichtertes Gesicht|angstlich enttauscht knapp schweiss
😢 weinendes Gesicht|smiley trane traurig
😭 heulendes Gesicht|flennen schluchzen smiley tranenfluss traurig weinen
😱 vor Angst schreiendes Gesicht|angstlich munch omg panik
😖 verwirrtes Gesicht|besturzt frustriert konfus smiley verzweifelt
😣 entschlossenes Gesicht|ausdauernd durchhalten fokus konzentration konzentrieren kopfschmerzen
😞 enttäuschtes Gesicht|leider schade smiley traurig verloren
😓 bedrücktes Gesicht mit Schweiß|angstschweiss augen geschlossen kopfschmerzen smiley
😩 erschöpftes Gesicht|fehlschlag hungrig mude nein smiley unglucklich
😫 müdes Gesicht|niesen smiley traurig
🥱 gähnendes Gesicht|gelangweilt langweilig mude ode schnarch smiley zzz
😤 schnaubendes Gesicht|erleichtert gewonnen
😡 schmollendes Gesicht|rot angelaufener smiley wutend
😠 verärgertes Gesicht|argern bose smiley wutend zornig
🤬 Gesicht mit Symbolen über dem Mund|argern fluchen schimpfen schimpfwort smiley verdammt wutend zensur
😈 grinsendes Gesicht mit Hörnern|bose damonin fantasie lila marchen satan smiley teufel violett
👿 wütendes Gesicht mit Hörnern|bose damonin fantasie fantasy kobold lila marchen satan teufelchen violett
💀 Totenkopf|gesicht knochen marchen schadel tod yolo
☠️ Totenkopf mit gekreuzten Knochen|gesicht piratenflagge schadel tod
💩 Kothaufen|mist
🤡 Clown-Gesicht
👹 Ungeheuer|gesicht gruselig japanisch marchen maske monster oger
👺 Kobold|gemein gesicht japanisch marchen maske monster tengu ungeheuer wutend
👻 Gespenst|buh fantasy geist gesicht gruselig halloween marchen spuk zunge
👽 Außerirdischer|alien all fantasy gesicht marchen monster ufo weltraum wesen
👾 Computerspiel-Monster|gesicht ufo
🤖 Roboter|gesicht monster robotergesicht roboterkopf
😺 grinsende Katze|gesicht katzengesicht lachen lol lustig mund offen smiley tier
😸 grinsende Katze mit lachenden Augen|gesicht katzengesicht smiley tier
😹 Katze mit Freudentränen|gesicht katzengesicht lachen smiley tier tranen
😻 lachende Katze mit Herzen als Augen|gesicht herzaugen katzengesicht lacheln liebe smiley tier verliebt
😼 verwegen lächelnde Katze|gesicht grinsen ironisch katzengesicht lachen smiley tier
😽 küssende Katze|augen geschlossen gesicht katzengesicht kusschen rot smiley tier wangen
🙀 erschöpfte Katze|angst gesicht katzengesicht panik schockiert schreien smiley tier uberrascht
😿 weinende Katze|gesicht katzengesicht smiley tier trane traurig
😾 schmollende Katze|gesicht katzengesicht schmollmund smiley tier verargert
🙈 sich die Augen zuhaltendes Affengesicht|bose geheimnis gemein geste nein omg sehen tier verboten vergessen verstecken
🙉 sich die Ohren zuhaltendes Affengesicht|bose geheimnis gemein geste horen nein tier verboten zuhoren
🙊 sich den Mund zuhaltendes Affengesicht|bose geheimnis gemein geste hand heimlich leise nein sagen sprechen still tier ups verboten
💌 Liebesbrief|brief herz post siegel
💘 Herz mit Pfeil|liebe
💝 Herz mit Schleife|hochzeitstag jahrestag kusschen kusse liebe valentinstag xoxo
💖 funkelndes Herz|aufregung gefuhl glitzern liebe morgen nacht rosa xoxo
💗 wachsendes Herz|aufregung gefuhl herzschlag kusschen kusse liebe nervositat puls xoxo
💓 schlagendes Herz|gefuhl herzschlag liebe pulsieren
💞 kreisende Herzen|emotion gefuhl hochzeitstag jahrestag liebe suss
💕 zwei Herzen|date gefuhl hochzeitstag jahrestag kusschen kusse liebe rendezvous xoxo
💟 Herzdekoration|deko emotion gefuhl liebe lila violett weiss
❣️ Herz als Ausrufezeichen|satzzeichen
💔 gebrochenes Herz|allein gefuhl herzschmerz liebeskummer schmerz traurig trennung zerbrochen
❤️‍🔥@13.1 Herz in Flammen|brennendes leidenschaft liebe
❤️‍🩹@13.1 Herz mit Verband|besserung genesen
❤️ rotes Herz
🩷@15 pinkes Herz|gefallen gefallt gefuhl liebe mag mogen niedlich rosa suss verliebt
🧡 oranges Herz|liebe
💛 gelbes Herz|gefuhl herzlich liebe
💚 grünes Herz|gefuhl liebe romantisch
💙 blaues Herz|gefuhl liebe romantisch
🩵@15 hellblaues Herz|aquamarin emotion gefallen gefallt gefuhl hdl liebe mag mogen niedlich suss turkis zyan
💜 lila Herz|beste gefuhl hdl liebe lilafarben violett
🤎 braunes Herz
🖤 schwarzes Herz|bose
🩶@15 graues Herz|emotion hdl liebe schieferfarben silberfarben
🤍 weißes Herz
💋 Kussabdruck|gefuhl knutsch kussen liebe lippenstift romantisch sexy
💯 100 Punkte|punktestand volle punktzahl
💢 Ärger|comic wut
🫯@17 Kampfwolke|handgemenge krawall prugelei rauferei schlagerei streit wortgefecht
💥 Zusammenstoß|bombe boom comic explodieren explosion kollidieren kollision zusammenstossen
💫 schwindlig|benommenheit comic komet sterne sternschnuppe
💦 Schweißtropfen|comic feucht nass schwitzen trainieren training tropfen wasser
💨 Staubwolke|comic rennen weglaufen
🕳️ Loch|schwarz
💬 Sprechblase mit drei Punkten|comic dialog gesprach unterhaltung
👁️‍🗨️ Auge in Sprechblase|dialog reden sprechen zeuge
🗨️ Sprechblase links|dialog reden sprechen unterhaltung
🗯️ Sprechblase für wütende Aussage rechts
💭 Gedankenblase|comic nachdenken
💤 Schlafen|buchstaben comic gahn langweilig mude nickerchen ode schnarchen zzz
[people]
👋+ winkende Hand|auf wiedersehen bis spater ciao guten tag hallo hey hi tschuss
🤚+ erhobene Hand von hinten|erhobener handrucken
🖐️+ Hand mit gespreizten Fingern|funf
✋+ erhobene Hand|halt handflache high five schlag ein stopp warte
🖖+ vulkanischer Gruß|finger grussen hande spreizen
🫱+@14 nach rechts weisende Hand|ausgestreckt ausstrecken handeschutteln reichen schutteln
🫲+@14 nach links weisende Hand|ausgestreckt ausstrecken handeschutteln reichen schutteln
🫳+@14 Hand mit Handfläche nach unten|abweisen lassen fallenlassen handgeste hau verscheuchen wegscheuchen wegschicken
🫴+@14 Hand mit Handfläche nach oben|anbieten angebot darbieten einladen entgegenstrecken handgeste kommen locken reichen
🫷+@15 nach links schiebende Hand|drucken halt high five moment nein schluss stopp mal warten
🫸+@15 nach rechts schiebende Hand|drucken halt high five moment nein schluss stopp mal warten
👌+ OK-Zeichen|exzellent finger genial hand in ordnung naturlich perfekt super
🤌+@13 zusammengedrückte Finger|bundelhand fingerspitzen gehts noch geste handgeste italienisch was zusammengelegt
🤏+ Wenig-Geste|betrag finger gering hand klein menge unbedeutend winzig
✌️+ Victory-Geste|sieg
🤞+ Hand mit gekreuzten Fingern
🫰+@14 Hand mit gekreuztem Zeigefinger und Daumen|fingerherz geld handgeste kosten teuer
🤟+ Ich-liebe-dich-Geste|drei finger hand hdl
🤘+ Teufelsgruß|corna finger hand heavy horner mano cornuta metalhand pommesgabel rock yeah
🤙+ Ruf-mich-an-Handzeichen|anrufen shaka
👈+ nach links weisender Zeigefinger|finger handruckseite zeigen
👉+ nach rechts weisender Zeigefinger|finger handruckseite zeigen
👆+ nach oben weisender Zeigefinger von hinten|aufwarts finger handrucken handruckseite hier hinauf melden rauf zeigen
🖕+ Mittelfinger|finger hand
👇+ nach unten weisender Zeigefinger|abwarts finger handrucken handruckseite hinab hinunter runter zeigen
☝️+ nach oben weisender Zeigefinger von vorne|finger handvorderseite hier melden zeigen
🫵+@14 auf Betrachter zeigender Zeigefinger|deuten du fingerzeig handgeste sie stupsen
👍+ Daumen hoch|einverstanden finger gut hand in ordnung jawohl klar klasse like nach oben ok super top
👎+ Daumen runter|hand nach unten schlecht
✊+ erhobene Faust|hand kampf solidaritat
👊+ geballte Faust|absolut bro hand korrekt zustimmen
🤛+ Faust nach links|hand
🤜+ Faust nach rechts|hand
👏+ klatschende Hände|applaudieren applaus beifall gratulation grossartig gut toll
🙌+ zwei erhobene Handflächen|feiern geste hande hurra
🫶+@14 Hände, die Herz bilden|finger geste handeherz handgeste handherz hdl liebe
👐+ offene Hände|jazz umarmen umarmung
🤲+ Handflächen nach oben|beten gebet hande zusammen
🤝+ Handschlag|handeschutteln vereinbarung
🙏+ zusammengelegte Handflächen|betend bitten danken gebet gefaltet grussen
✍️+ schreibende Hand|stift
💅+ Nagellack|kosmetik manikure nagelpflege
🤳+ Selfie|smartphone
💪+ angespannter Bizeps|arm bodybuilder bro fitnessstudio gewichtheben muckies muskeln stark training
🦾 Armprothese|barrierefreiheit prothese
🦿 Beinprothese|barrierefreiheit prothese
🦵+ Bein|extremitat fuss gebeugtes knie gliedmasse korperglied korperteil treten tritt
🦶+ Fuß|fusse kick knochel korperteil stampfen treten tritt
👂+ Ohr|horen korperteil
🦻+ Ohr mit Hörgerät|barrierefreiheit gehorlos hilfsgerat horhilfe schwerhorig taub
👃+ Nase|korperteil riechen
🧠 Gehirn|hirn intelligent intelligenz klug schlau
🫀@13 Herz (Organ)|anatomie herzschlag korperteil mensch puls schlagen
🫁@13 Lunge|atem atmen ausatmen einatmen korperteil lungenflugel mensch organ
🦷 Zahn|perlweiss weiss zahnarztin zahne
🦴 Knochen|hundeknochen kauknochen skelett
👀 Augen|gesicht gucken schauen sehen
👁️ Auge|blick korperteil schauen sehen
👅 Zunge|atsch hmm korperteil lecken lecker mmh
👄 Mund|korperteil kuss lippenstift
🫦@14 auf Lippe beißen|angstlich besorgt flirtend kuss lippenstift mund nervos sexy unbehaglich zahne
👶+ Baby|gesicht jung kind kleinkind locke
🧒+ Kind|enkelkind junger munter strahlend
👦+ Junge|enkelsohn gesicht junger kind munter sohn strahlend
👧+ Mädchen|enkeltochter gesicht junger kind munter strahlend tochter
🧑+ Person|erwachsene mensch
👱+ Person: blondes Haar|blondhaarig gesicht mensch
👨+ Mann|erwachsen gesicht
🧔+ Person: Bart|bartig schnurrbart
🧔‍♂️+@13.1 Mann: Bart|mit
🧔‍♀️+@13.1 Frau: Bart|mit
👨‍🦰+ Mann: rotes Haar|erwachsen gesicht
👨‍🦱+ Mann: lockiges Haar|erwachsen gesicht
👨‍🦳+ Mann: weißes Haar|erwachsen gesicht
👨‍🦲+ Mann: Glatze|erwachsen gesicht
👩+ Frau|erwachsen gesicht
👩‍🦰+ Frau: rotes Haar|erwachsen gesicht
🧑‍🦰+ Person: rotes Haar|erwachsene mensch
👩‍🦱+ Frau: lockiges Haar|erwachsen gesicht
🧑‍🦱+ Person: lockiges Haar|erwachsene mensch
👩‍🦳+ Frau: weißes Haar|erwachsen gesicht
🧑‍🦳+ Person: weißes Haar|erwachsene mensch
👩‍🦲+ Frau: Glatze|erwachsen gesicht
🧑‍🦲+ Person: Glatze|erwachsene mensch
👱‍♀️+ Frau: blond|blonde gesicht haar
👱‍♂️+ Mann: blond|blonder gesicht haar
🧓+ ältere Person|erwachsen grosseltern mensch weise
👴+ älterer Mann|erwachsen grosseltern grossvater mensch opa senior weise
👵+ ältere Frau|erwachsen grosseltern grossmutter mensch oma seniorin weise
🙍+ missmutige Person|frustriert gesicht runzeln stirnrunzelnd unzufrieden verargert
🙍‍♂️+ missmutiger Mann|frustriert gesicht runzeln stirnrunzelnd unzufrieden verargert
🙍‍♀️+ missmutige Frau|frustriert gesicht runzeln stirnrunzelnd unzufrieden verargert
🙎+ schmollende Person|eingeschnappt enttauscht jammerd jammern verargert
🙎‍♂️+ schmollender Mann|eingeschnappt enttauscht jammerd jammern verargert
🙎‍♀️+ schmollende Frau|eingeschnappt enttauscht jammerd jammern verargert
🙅+ Person mit überkreuzten Armen|gesicht nein nicht verbieten verboten
🙅‍♂️+ Mann mit überkreuzten Armen|gesicht nein nicht verbieten verboten
🙅‍♀️+ Frau mit überkreuzten Armen|gesicht
🙆+ Person mit Händen auf dem Kopf|geste oje ok omg uber ubung
🙆‍♂️+ Mann mit Händen auf dem Kopf|geste oje ok omg uber ubung
🙆‍♀️+ Frau mit Händen auf dem Kopf|geste oje ok omg uber ubung
💁+ Infoschalter-Mitarbeiter(in)|abgekippt beleidigen geruchte geste hand klatschen person sarkasmus sarkastisch tratschen
💁‍♂️+ Infoschalter-Mitarbeiter|abgekippt beleidigen geruchte geste hand klatschen mann sarkasmus sarkastisch tratschen
💁‍♀️+ Infoschalter-Mitarbeiterin|auskunft frau informationen
🙋+ Person mit erhobenem Arm|aufzeigen drankommen drannehmen frage geste hand heben hier ich sich melden wissen
🙋‍♂️+ Mann mit erhobenem Arm|aufzeigen drankommen drannehmen frage geste hand heben hier ich sich melden wissen
🙋‍♀️+ Frau mit erhobenem Arm|aufzeigen drankommen drannehmen frage geste hand heben hier ich sich melden wissen
🧏+ gehörlose Person|barrierefreiheit horen ohr schwerhorig taub
🧏‍♂️+ gehörloser Mann|taub
🧏‍♀️+ gehörlose Frau|taub
🙇+ sich verbeugende Person|bedauern bitten demut entschuldigung geste kniefall meditation meditieren sorry unterwerfen verzeihung
🙇‍♂️+ sich verbeugender Mann|demut
🙇‍♀️+ sich verbeugende Frau|bedauern bitten demut entschuldigung geste kniefall meditation meditieren sorry unterwerfen verzeihung
🤦+ sich an den Kopf fassende Person|frustriert genervt gesicht oh nein omg unfassbar unglaublich verzweifelt
🤦‍♂️+ sich an den Kopf fassender Mann|frustriert genervt gesicht oh nein omg unfassbar unglaublich verzweifelt
🤦‍♀️+ sich an den Kopf fassende Frau|frustriert genervt gesicht oh nein omg unfassbar unglaublich verzweifelt
🤷+ schulterzuckende Person|egal gleichgultig keine ahnung schultern zucken weiss nicht zweifel
🤷‍♂️+ schulterzuckender Mann|egal gleichgultig keine ahnung schultern zucken weiss nicht zweifel
🤷‍♀️+ schulterzuckende Frau|egal gleichgultig keine ahnung schultern zucken weiss nicht zweifel
🧑‍⚕️+ Arzt/Ärztin|arztkittel doktor in
👨‍⚕️+ Arzt|arztkittel doktor krankenpfleger pfleger
👩‍⚕️+ Ärztin|arztkittel doktor krankenschwester pflegerin
🧑‍🎓+ Student(in)|absolvent doktorhut uni
👨‍🎓+ Student|absolvent diplom doktorhut uni
👩‍🎓+ Studentin|abschluss absolventin diplom doktorhut uni
🧑‍🏫+ Lehrer(in)|dozent professor
👨‍🏫+ Lehrer|dozent mann professor tafel
👩‍🏫+ Lehrerin|dozentin frau professorin
🧑‍⚖️+ Richter(in)|waage
👨‍⚖️+ Richter|gerechtigkeit mann recht
👩‍⚖️+ Richterin|frau gerechtigkeit recht
🧑‍🌾+ Bauer/Bäuerin|farmer in gartner landwirt
👨‍🌾+ Bauer|ahre farmer gartner landwirt rancher
👩‍🌾+ Bäuerin|ahre farmerin gartnerin landwirtin
🧑‍🍳+ Koch/Köchin|kochen
👨‍🍳+ Koch|kochen restaurant
👩‍🍳+ Köchin|kochen
🧑‍🔧+ Mechaniker(in)|elektriker klempner
👨‍🔧+ Mechaniker|elektriker handwerker klempner mann
👩‍🔧+ Mechanikerin|elektrikerin frau handwerkerin klempnerin
🧑‍🏭+ Fabrikarbeiter(in)|arbeiter industriell montage
👨‍🏭+ Fabrikarbeiter|helm
👩‍🏭+ Fabrikarbeiterin|frau helm
🧑‍💼+ Büroangestellte(r)|architekt in business manager schlips und kragen
👨‍💼+ Büroangestellter|angestellter manager mann
👩‍💼+ Büroangestellte|angestellte frau managerin mangerin
🧑‍🔬+ Wissenschaftler(in)|forscher labor
👨‍🔬+ Wissenschaftler|chemie forscher labor
👩‍🔬+ Wissenschaftlerin|forscherin frau labor
🧑‍💻+ IT-Experte/IT-Expertin|bildschirm computer entwickler in
👨‍💻+ IT-Experte|arbeit bildschirm buro computer entwickler mann office
👩‍💻+ IT-Expertin|arbeit bildschirm buro computer entwicklerin frau laptop office
🧑‍🎤+ Sänger(in)|entertainer rock star
👨‍🎤+ Sänger|mann mikrofon popstar schauspieler
👩‍🎤+ Sängerin|frau mikrofon popstar schauspielerin
🧑‍🎨+ Künstler(in)|farbpalette maler
👨‍🎨+ Künstler|farbpalette maler mann
👩‍🎨+ Künstlerin|farbpalette frau malerin
🧑‍✈️+ Pilot(in)|flugzeug
👨‍✈️+ Pilot|flugzeug mann
👩‍✈️+ Pilotin|flieger flugzeug frau
🧑‍🚀+ Astronaut(in)|raumfahrt weltraum
👨‍🚀+ Astronaut|mann raumfahrt weltraum
👩‍🚀+ Astronautin|frau raumfahrt weltraum
🧑‍🚒+ Feuerwehrmann/-frau|feuerwehrhelm
👨‍🚒+ Feuerwehrmann|feuerwehrhelm mann
👩‍🚒+ Feuerwehrfrau|feuerwehrhelm frau
👮+ Polizist(in)|beruf festnehmen gesetzeshuter gesicht person polizei polizistin uniform verhaften
👮‍♂️+ Polizist|mann polizei
👮‍♀️+ Polizistin|beruf festnehmen frau gesetzeshuterin person polizei uniform verhaften
🕵️+ Detektiv(in)|lupe sherlock spion
🕵️‍♂️+ Detektiv|mann spion
🕵️‍♀️+ Detektivin|frau spionage spionin
💂+ Wache|barenfellmutze buckingham palace gesicht london wachfrau wachmann wachsoldatin wachter
💂‍♂️+ Wachsoldat|buckingham palace wache
💂‍♀️+ Wachsoldatin|buckingham palace guard helm london palast wache wachter
🥷+@13 Ninja|ausdauer geheimmission kampfer killer krieger kunoichi morder person shinobi soldat vermummt
👷+ Bauarbeiter(in)|arbeit bauarbeiterin beruf gesicht helm person schutzhelm umbauen
👷‍♂️+ Bauarbeiter|baustelle helm
👷‍♀️+ Bauarbeiterin|baustelle frau helm mann
🫅+@14 Person mit Krone|adelig konigin konigliche hoheit kronung monarchin prinzessin
🤴+ Prinz|krone
👸+ Prinzessin|gesicht krone marchen
👳+ Person mit Turban|bart dreitagebart
👳‍♂️+ Mann mit Turban|gesicht
👳‍♀️+ Frau mit Turban|gesicht
👲+ Mann mit chinesischem Hut|china gesicht kappe mutze person
🧕+ Frau mit Kopftuch|hidschab hijab mantilla person tichel tuch
🤵+ Person im Smoking|anzug brautigam formell mann vornehm
🤵‍♂️+@13 Mann im Smoking
🤵‍♀️+@13 Frau im Smoking
👰+ Person mit Schleier|braut gesicht hochzeit
👰‍♂️+@13 Mann mit Schleier
👰‍♀️+@13 Frau mit Schleier
🤰+ schwangere Frau
🫃+@14 schwangerer Mann|aufgeblaht bauch dick person uberfressen zu viel gegessen
🫄+@14 schwangere Person|aufgeblaht bauch dicker schwangerschaft uberfressen zu viel gegessen
🤱+ Stillen|baby brust frau person
👩‍🍼+@13 Frau, die Baby die Flasche gibt|eltern gebende futtern mama milch mutter neugeborenes person saugling
👨‍🍼+@13 Mann, der Baby die Flasche gibt|gebender futtern
🧑‍🍼+@13 Person, die Baby die Flasche gibt|gebende
👼+ Putte|engel gesicht kind marchen
🎅+ Weihnachtsmann|weihnachten
🤶+ Weihnachtsfrau|weihnachten
🧑‍🎄+@13 Weihnachtsperson|gesicht mit hut person santa claus weihnachten weihnachtsfrau weihnachtshut weihnachtsmann weihnachtsmutze
🦸+ Superheld(in)|held person superheldin superkrafte superman ubermensch umhang
🦸‍♂️+ Superheld|held
🦸‍♀️+ Heldin|superheldin
🦹+ Bösewicht|bosewichtin krimineller person schurke schurkin superkrafte superschurke superschurkin verbrecher
🦹‍♂️+ männlicher Bösewicht
🦹‍♀️+ weiblicher Bösewicht
🧙+ Magier(in)|hexenmeister magiker person zauberer zauberin zaubern zauberspruch zauberstab
🧙‍♂️+ Magier|hexenmeister zauberer
🧙‍♀️+ Magierin|hexe zauberin
🧚+ Märchenfee|elfe fantasy fee flugel geflugelt mystisch person wesen
🧚‍♂️+ männliche Fee|oberon puck zauberer
🧚‍♀️+ Fee|titania
🧛+ Vampir|blutsauger dracula halloween person reisszahne untoter zahne
🧛‍♂️+ männlicher Vampir|dracula untoter
🧛‍♀️+ weiblicher Vampir|untoter
🧜+ Wassermensch|marchen meerjungfrau meermann nixe person sirene wasserfrau wassermann
🧜‍♂️+ Wassermann|triton
🧜‍♀️+ Meerjungfrau|nixe wasserfrau
🧝+ Elf(e)|elben elbin elfe fantasy herr der ringe magie magisch person
🧝‍♂️+ Elf|alb elbe magisch
🧝‍♀️+ Elfe|elbin magisch
🧞 Flaschengeist|aladdin aladin dschinn lampe person wunderlampe wunsche
🧞‍♂️ männlicher Flaschengeist|dschinn
🧞‍♀️ weiblicher Flaschengeist|dschinn
🧟 Zombie|apokalypse halloween horror person untoter walking dead wandelnder toter
🧟‍♂️ männlicher Zombie|untoter wandelnder toter
🧟‍♀️ weiblicher Zombie|untote wandelnde tote
🧌@14 Troll|fantasy gruslig kobold marchen monster ork ungeheuer
🫈@17 haariges Wesen|bigfoot fabelwesen gigant kryptid riese sasquatch wald wilder mann woodwose yeti
💆+ Person, die eine Kopfmassage bekommt|behandlung entspannen kopfschmerzen massage migrane salon spa therapie
💆‍♂️+ Mann, der eine Kopfmassage bekommt|entspannen kopfschmerzen massage salon
💆‍♀️+ Frau, die eine Kopfmassage bekommt|behandlung entspannend gesicht kopfschmerzen kopfweh lindern massage relaxen salon spa therapie verspannung
💇+ Person beim Haareschneiden|friseurin friseuse frisorin frisur haarschnitt schere
💇‍♂️+ Mann beim Haareschneiden|friseur frisur haarschnitt salon schere
💇‍♀️+ Frau beim Haareschneiden|friseur haarschnitt schere
🚶+ Fußgänger(in)|fussgangerin gehend person schlendern schlurfen wandern
🚶‍♂️+ Fußgänger|gehen mann spaziergang
🚶‍♀️+ Fußgängerin|frau gehen schlendern spazieren spaziergang
🚶‍➡️+@15.1 Fußgänger(in): nach rechts|fussgangerin gehend person schlendern schlurfen wandern
🚶‍♀️‍➡️+@15.1 Fußgängerin: nach rechts|frau gehen schlendern spazieren spaziergang
🚶‍♂️‍➡️+@15.1 Fußgänger: nach rechts|gehen mann spaziergang
🧍+ stehende Person|mensch stand
🧍‍♂️+ stehender Mann
🧍‍♀️+ stehende Frau
🧎+ kniende Person|fersensitz meditation meditieren mensch seiza zazen
🧎‍♂️+ kniender Mann
🧎‍♀️+ kniende Frau
🧎‍➡️+@15.1 kniende Person: nach rechts|fersensitz meditation meditieren mensch seiza zazen
🧎‍♀️‍➡️+@15.1 kniende Frau: nach rechts
🧎‍♂️‍➡️+@15.1 kniender Mann: nach rechts
🧑‍🦯+ Person mit Langstock|barrierefreiheit blindenstock
🧑‍🦯‍➡️+@15.1 Person mit Langstock: nach rechts|barrierefreiheit blindenstock
👨‍🦯+ Mann mit Langstock|barrierefreiheit behinderung blindenstock gehstock mensch person sehbehindert
👨‍🦯‍➡️+@15.1 Mann mit Langstock: nach rechts|barrierefreiheit behinderung blindenstock gehstock mensch person sehbehindert
👩‍🦯+ Frau mit Langstock|barrierefreiheit behinderung blindenstock gehstock mensch person
👩‍🦯‍➡️+@15.1 Frau mit Langstock: nach rechts|barrierefreiheit behinderung blindenstock gehstock mensch person
🧑‍🦼+ Person in elektrischem Rollstuhl|barrierefreiheit
🧑‍🦼‍➡️+@15.1 Person in elektrischem Rollstuhl: nach rechts|barrierefreiheit
👨‍🦼+ Mann in elektrischem Rollstuhl|barrierefreiheit behinderung mensch person
👨‍🦼‍➡️+@15.1 Mann in elektrischem Rollstuhl: nach rechts|barrierefreiheit behinderung mensch person
👩‍🦼+ Frau in elektrischem Rollstuhl|barrierefreiheit behinderung mensch person
👩‍🦼‍➡️+@15.1 Frau in elektrischem Rollstuhl: nach rechts|barrierefreiheit behinderung mensch person
🧑‍🦽+ Person in manuellem Rollstuhl|barrierefreiheit
🧑‍🦽‍➡️+@15.1 Person in manuellem Rollstuhl: nach rechts|barrierefreiheit
👨‍🦽+ Mann in manuellem Rollstuhl|barrierefreiheit behinderung mensch person
👨‍🦽‍➡️+@15.1 Mann in manuellem Rollstuhl: nach rechts|barrierefreiheit behinderung mensch person
👩‍🦽+ Frau in manuellem Rollstuhl|barrierefreiheit behinderung mensch person
👩‍🦽‍➡️+@15.1 Frau in manuellem Rollstuhl: nach rechts|barrierefreiheit behinderung mensch person
🏃+ laufende Person|eilig joggen lauferin marathon rennen schnell sport
🏃‍♂️+ laufender Mann|joggen jogger marathon
🏃‍♀️+ laufende Frau|athletin joggen joggerin lauferin marathon rennen rennerin rennt schell
🏃‍➡️+@15.1 laufende Person: nach rechts|eilig joggen lauferin marathon rennen schnell sport
🏃‍♀️‍➡️+@15.1 laufende Frau: nach rechts|athletin joggen joggerin lauferin marathon rennen rennerin rennt schell
🏃‍♂️‍➡️+@15.1 laufender Mann: nach rechts|joggen jogger marathon
🧑‍🩰+@17 Balletttänzerin|tanzerin
💃+ tanzende Frau|elegant festlich flair flamenco salsa schwung tango tanzerin
🕺+ tanzender Mann|elegant festlich flair flamenco salsa schwung tango tanzer
🕴️+ schwebender Mann im Anzug|geschaftlich
👯+ Personen mit Hasenohren|bunnys doppelt leute party seelenverwandt tanzen tanzerinnen zwillinge
👯‍♂️+ Männer mit Hasenohren|bunnys party tanzen zwillinge
👯‍♀️+ Frauen mit Hasenohren|bunnys party
🧖+ Person in Dampfsauna|abschalten dampfbad entspannen frau luxurios relaxen sauna spa
🧖‍♂️+ Mann in Dampfsauna|sauna
🧖‍♀️+ Frau in Dampfsauna|sauna
🧗+ Bergsteiger(in)|fels kletterer klettern person sport
🧗‍♂️+ Bergsteiger
🧗‍♀️+ Bergsteigerin
🤺 Fechter(in)|fechten schwert sport
🏇+ Pferderennen|jockey auf schnell sport um die wetten
⛷️ Skifahrer(in)|schnee skifahrerin sport
🏂+ Snowboarder(in)|snowboarden snowboarderin sport
🏌️+ Golfer(in)|abschlagplatz golferin golfspielerin person sportlerin
🏌️‍♂️+ Golfer|golfen golfspieler mann
🏌️‍♀️+ Golferin|frau golfen golfspielerin
🏄+ Surfer(in)|person sport surfboard surfbrett surfen surferin wassersport wellenreiten wellenreiterin
🏄‍♂️+ Surfer|mann wellenreiten
🏄‍♀️+ Surferin|frau sport strand surfbrett wellenreiten
🚣+ Person im Ruderboot|angeln boot kanu paddel rudern sport
🚣‍♂️+ Mann im Ruderboot|boot rudern
🚣‍♀️+ Frau im Ruderboot|bootfahrerin ruderin rudern see
🏊+ Schwimmer(in)|kraulen person pool schwimmbecken schwimmen schwimmerin sport triathlon wasser
🏊‍♂️+ Schwimmer|kraulen pool schwimmbad schwimmen
🏊‍♀️+ Schwimmerin|frau kraulen pool schwimmbad schwimmen sport
⛹️+ Person mit Ball|basketballer basketballspielerin dribbeln sportlerin
⛹️‍♂️+ Mann mit Ball|ballsport handball
⛹️‍♀️+ Frau mit Ball|ballsport basketballspieler handball sport
🏋️+ Gewichtheber(in)|gewichtheberin hantel muskeln person schwer sport stark training
🏋️‍♂️+ Gewichtheber|heben mann
🏋️‍♀️+ Gewichtheberin|frau heben gewichteheberin
🚴+ Radfahrer(in)|fahrrad person radeln radfahren radfahrerin sport tour de france
🚴‍♂️+ Radfahrer|fahrrad mann
🚴‍♀️+ Radfahrerin|fahrradfahrerin frauen radeln radlerin
🚵+ Mountainbiker(in)|fahrrad mountainbikerin mountainbiking person radfahren radfahrerin sport tour de france
🚵‍♂️+ Mountainbiker|fahrrad mann rad
🚵‍♀️+ Mountainbikerin|fahrradfahrerin frau bikerin radeln radfahrerin sport
🤸+ Rad schlagende Person|akrobatik bodenturnen gymnastik radschlag sport turnerin
🤸‍♂️+ Rad schlagender Mann|akrobatik bodenturnen gymnastik person radschlag sport turner
🤸‍♀️+ Rad schlagende Frau|akrobatik bodenturnen gymnastik person radschlag sport turnerin
🤼+ Ringer(in)|catchen catcher person ringen ringkampf sportler wrestler wrestling
🤼‍♂️+ ringende Männer|catchen catcher ringer ringkampf sport wrestler wrestling
🤼‍♀️+ ringende Frauen|catchen catcherin person ringerin ringkampf sport wrestlerin wrestling
🤽+ Wasserballspieler(in)|person schwimmsport sportlerin wasserballspielerin wassersport
🤽‍♂️+ Wasserballspieler|mann person schwimmsport sportler wassersport
🤽‍♀️+ Wasserballspielerin|ballspiele frau person schwimmsport sportlerin wassersport
🤾+ Handballspieler(in)|handballerin handballspielerin person schleudern sportler werfen
🤾‍♂️+ Handballspieler|mann sport
🤾‍♀️+ Handballspielerin|frau handballerin person schleudern sportlerin werfen
🤹+ Jongleur(in)|artistin geschickt jongleurin jongleuse jonglieren multitasking person zirkus
🤹‍♂️+ Jongleur|artist entertainer geschickt jonglieren mann multitasking person unterhalter zirkus
🤹‍♀️+ Jongleurin|frau geschickt jonglieren multitasking
🧘+ Person im Lotossitz|burmesischer sitz frau lotussitz meditation in schneidersitz yoga zen
🧘‍♂️+ Mann im Lotossitz|meditation yoga
🧘‍♀️+ Frau im Lotossitz|meditation yoga
🛀+ badende Person|badewanne badezimmer dusche entspannen
🛌+ im Bett liegende Person|gute heia mude nachtruhe schon schlafen zzz
🧑‍🤝‍🧑+ sich an den Händen haltende Personen|handchen menschen paar parchen
👭+ Händchen haltende Frauen|paar parchen aus und
👫+ Mann und Frau halten Hände|handchen paar parchen aus
👬+ Händchen haltende Männer|paar parchen aus und zwillinge
💏+ sich küssendes Paar|frau herz mann
👩‍❤️‍💋‍👨+ sich küssendes Paar: Frau, Mann|herz
👨‍❤️‍💋‍👨+ sich küssendes Paar: Mann, Mann|frau herz
👩‍❤️‍💋‍👩+ sich küssendes Paar: Frau, Frau|herz mann
💑+ Liebespaar|frau herz mann paar
👩‍❤️‍👨+ Liebespaar: Frau, Mann|herz paar
👨‍❤️‍👨+ Liebespaar: Mann, Mann|frau herz paar
👩‍❤️‍👩+ Liebespaar: Frau, Frau|herz mann paar
👨‍👩‍👦 Familie: Mann, Frau und Junge|kind mutter vater
👨‍👩‍👧 Familie: Mann, Frau und Mädchen|junge kind mutter vater
👨‍👩‍👧‍👦 Familie: Mann, Frau, Mädchen und Junge|kind mutter vater
👨‍👩‍👦‍👦 Familie: Mann, Frau, Junge und Junge|kind mutter vater
👨‍👩‍👧‍👧 Familie: Mann, Frau, Mädchen und Mädchen|junge kind mutter vater
👨‍👨‍👦 Familie: Mann, Mann und Junge|kind mutter vater
👨‍👨‍👧 Familie: Mann, Mann und Mädchen|junge kind mutter vater
👨‍👨‍👧‍👦 Familie: Mann, Mann, Mädchen und Junge|kind mutter vater
👨‍👨‍👦‍👦 Familie: Mann, Mann, Junge und Junge|kind mutter vater
👨‍👨‍👧‍👧 Familie: Mann, Mann, Mädchen und Mädchen|junge kind mutter vater
👩‍👩‍👦 Familie: Frau, Frau und Junge|kind mutter vater
👩‍👩‍👧 Familie: Frau, Frau und Mädchen|junge kind mutter vater
👩‍👩‍👧‍👦 Familie: Frau, Frau, Mädchen und Junge|kind mutter vater
👩‍👩‍👦‍👦 Familie: Frau, Frau, Junge und Junge|kind mutter vater
👩‍👩‍👧‍👧 Familie: Frau, Frau, Mädchen und Mädchen|junge kind mutter vater
👨‍👦 Familie: Mann, Junge|kind mutter vater
👨‍👦‍👦 Familie: Mann, Junge und Junge|kind mutter vater
👨‍👧 Familie: Mann, Mädchen|junge kind mutter vater
👨‍👧‍👦 Familie: Mann, Mädchen und Junge|kind mutter vater
👨‍👧‍👧 Familie: Mann, Mädchen und Mädchen|junge kind mutter vater
👩‍👦 Familie: Frau, Junge|kind mutter vater
👩‍👦‍👦 Familie: Frau, Junge und Junge|kind mutter vater
👩‍👧 Familie: Frau, Mädchen|junge kind mutter vater
👩‍👧‍👦 Familie: Frau, Mädchen und Junge|kind mutter vater
👩‍👧‍👧 Familie: Frau, Mädchen und Mädchen|junge kind mutter vater
🗣️ sprechender Kopf|gesicht silhouette person
👤 Silhouette einer Büste|person
👥 Silhouette mehrerer Büsten|personen
🫂@13 sich umarmende Personen|abschied danke drucken drucker freundschaft hallo liebe tschuss umarmung
👪 Familie|junge kind mutter vater
🧑‍🧑‍🧒@15.1 Familie: 2 Erwachsene, 1 Kind|erwachsener
🧑‍🧑‍🧒‍🧒@15.1 Familie: 2 Erwachsene, 2 Kinder|erwachsener
🧑‍🧒@15.1 Familie: 1 Erwachsene(r), 1 Kind|erwachsener
🧑‍🧒‍🧒@15.1 Familie: 1 Erwachsene(r), 2 Kinder|erwachsener
👣 Fußabdrücke|abdruck auf dem weg
🫆@16 Fingerabdruck|forensik identitat sicherheit
[nature]
🐵 Affengesicht|banane dschungel gesicht tier zoo
🐒 Affe|tier
🦍 Gorilla|affe gesicht tier
🦧 Orang-Utan|affe tier
🐶 Hundegesicht|gesicht tier treu wau wuff
🐕 Hund|haustier tier wau wuff
🦮 Blindenhund|barrierefreiheit behinderung hund sehbehindert tier
🐕‍🦺 Assistenzhund|barrierefreiheit behinderung hund tier
🐩 Pudel|hund tier
🐺 Wolf|gesicht tier wolfsgesicht
🦊 Fuchs|fuchsgesicht gesicht tier
🦝 Waschbär|klug neugierig schlau tier
🐱 Katzengesicht|gesicht miau miezekatze tier
🐈 Katze|haustier miau tier
🐈‍⬛@13 schwarze Katze|kater miau pech schwarzer tier ungluck
🦁 Löwe|gesicht lowengesicht sternzeichen tierkreis
🐯 Tigergesicht|gesicht raubkatze tier
🐅 Tiger|tier
🐆 Leopard|gepunktet punkte raubkatze raubtier tier zoo
🐴 Pferdegesicht|gesicht pferdekopf tier
🫎@15 Elch|geweih saugetier tier
🫏@15 Esel|austreten dickschadel dummkopf maultier saugetier storrisch stur tier
🐎 Pferd|rennen rennpferd tier
🦄 Einhorn|einhorngesicht gesicht
🦓 Zebra|streifen tier
🦌 Hirsch|gesicht tier
🦬@13 Bison|buffel herde ochse tier wisent
🐮 Kuhgesicht|gesicht tier
🐂 Ochse|kuh sternzeichen stier tierkreis
🐃 Wasserbüffel|buffel tier
🐄 Kuh|bauernhof muh tier
🐷 Schweinegesicht|gesicht tier
🐖 Schwein|bauernhof sau tier
🐗 Wildschwein|eber schwein tier
🐽 Schweinerüssel|nase tier
🐏 Widder|schaf sternzeichen tierkreis
🐑 Schaf|bock mah tier widder wolle
🐐 Ziege|steinbock sternzeichen tierkreis
🐪 Dromedar|einhockrig kamel tier wuste
🐫 Kamel|tier wuste zweihockrig
🦙 Lama|alpaca alpaka anden kamel tier vicuna wolle
🦒 Giraffe|flecken tier
🐘 Elefant|tier
🦣@13 Mammut|aussterben gross natur stosszahn tier wollig
🦏 Nashorn|rhinozeros tier
🦛 Nilpferd|flusspferd hippo tier
🐭 Mäusegesicht|gesicht mausgesicht nagetier tier
🐁 Maus|nage tier
🐀 Ratte|nagetier tier
🐹 Hamster|gesicht hamstergesicht tier
🐰 Hasengesicht|gesicht kaninchen karnickel langohr mummelmann nager nagetier tier
🐇 Hase|kaninchen karnickel mummelmann nagetier tier
🐿️ Streifenhörnchen|tier
🦫@13 Biber|biberschwanz biberzahn damm natur otter tier
🦔 Igel|stachelig stacheln tier
🦇 Fledermaus|tier vampir
🐻 Bär|barengesicht gesicht tier
🐻‍❄️@13 Eisbär|arktis nordpol weiss
🐨 Koala|koalabar koalagesicht tier
🐼 Panda|gesicht pandabar pandagesicht tier
🦥 Faultier|langsam tier trage
🦦 Otter|fischen tier verspielt
🦨 Stinktier|skunk stinken tier
🦘 Känguru|australien beuteltier down under hupfen quokka skippy springen tier wallaby
🦡 Dachs|dachse frechdachs honigdachs ratel tier
🐾 Tatzenabdrücke|abdruck tier
🦃 Truthahn|geflugel pute thanksgiving
🐔 Huhn|geflugel henne tierkopf
🐓 Hahn|tier
🐣 schlüpfendes Küken|in eierschale piep tier vogel
🐤 Küken|kukenkopf tier
🐥 Küken von vorne|geflugel in frontansicht tier
🐦 Vogel|papagei taube tier vogelkopf
🐧 Pinguin|pinguinkopf tier vogel
🕊️ Taube|fliegen friedenstaube vogel
🦅 Adler|tier vogel
🦆 Ente|tier vogel
🦢 Schwan|hassliches entlein tier vogel
🦉 Eule|raubvogel tier uhu vogel weise
🦤@13 Dodo|aussterben dronte gross mauritius natur tier vogel
🪶@13 Feder|federleicht federn fliegen gefieder leicht vogelfeder
🦩 Flamingo|bunt farbenfroh rosa tier tropen tropisch vogel
🦚 Pfau|bunt stolzieren tier vogel
🦜 Papagei|ausplaudern pirat plappern sprechen tier vogel wiederholen
🪽@15 Flügel|engelsflugel federn fliegen himmlisch mythologie vogel
🐦‍⬛@15 schwarzer Vogel|amsel krachzen krahe rabe schnabel tier
🪿@15 Gans|blod dumme ganserich ganter geflugel schnattern tier vogel
🐦‍🔥@15.1 Phönix|asche fabelwesen fantasy feuervogel reinkarnation tier vogel wiedergeburt
🐸 Frosch|froschgesicht gesicht grun quak tier
🐊 Krokodil|reptil schnappi tier
🐢 Schildkröte|tier
🦎 Eidechse|reptil
🐍 Schlange|schlangentrager sternzeichen tierkreis
🐲 Drachengesicht|gesicht marchen tier
🐉 Drache|chinesisch neujahr marchen tier
🦕 Sauropode|brachiosaurus brontosaurus dinosaurier diplodocus saurier
🦖 T-Rex|dinosaurier saurier tree tyrannosaurus
🐳 blasender Wal|meer ozean tier
🐋 Wal|ozean tier
🐬 Delfin|meer ozean strand tier
🫍@17 Orca|meeressauger meerestier orka ozean wal
🦭@13 Seehund|meer ozean robbe seelowe tier
🐟 Fisch|aquarium fische meehr sternzeichen tierkreis
🐠 Tropenfisch|fisch tier
🐡 Kugelfisch|fisch kugelrund meer tier
🦈 Hai|fisch haifisch meer tier
🐙 Oktopus|krake meer tier tintenfisch
🐚 Schneckenhaus|muschel strand tier
🪸@14 Koralle|great barrier reef klimawandel korallenriff meer ozean riff tier
🪼@15 Qualle|autsch brennen gallert glibber meeresbewohner meerestier nesseltier ozean tentakeln
🦀 Krebs|krabbe meer sternzeichen strand tierkreis
🦞 Hummer|lobster meeresfruchte meerestier scheren tier
🦐 Garnele|gourmet krustentier meeresfrucht shrimp
🦑 Tintenfisch|kalmar tier
🦪 Auster|meer muschel perle tauchen tier
🐌 Schnecke|langsam tier
🦋 Schmetterling|insekt schon
🐛 Raupe|gefrassig insekt tier
🐜 Ameise|insekt tier
🐝 Biene|honigbiene hummel insekt maja natur summ tier
🪲@13 Käfer|insekt krabbeltier minzkafer tier wanze
🐞 Marienkäfer|gluckskafer insekt kafer krabbel punkte tier
🦗 Grille|grashupfer heuschrecke insekt tier zikade
🪳@13 Kakerlake|insekt kafer krabbeln krabbeltier kuchenschabe la cucaracha schabe tier
🕷️ Spinne|insekt tier
🕸️ Spinnennetz|netz
🦂 Skorpion|horoskop sternzeichen tierkreis
🦟 Mücke|biss fieber insektenbiss insektenstich krankheit malaria moskito schnake stechmucke stich tier virus
🪰@13 Fliege|fliegen insekt krankheit made mucke plage schmeissfliege tier verwesen
🪱@13 Wurm|insekt natur parasit regenwurm ringelwurm tier
🦠 Mikrobe|amoben bakterien einzeller medizin virus wissenschaft
💐 Blumenstrauß|bouquet
🌸 Kirschblüte|blume blute kirsche pflanze
💮 Blumenstempel
🪷@14 Lotusblüte|blume buddhismus erleuchtung gleichmut hinduismus liebe lotosblume pflanze reinheit ruhe schonheit
🏵️ Rosette|pflanze
🌹 Rose|blume blute pflanze
🥀 welke Blume|am sterbend verwelkt welkende
🌺 Hibiskus|blume blute pflanze rosa
🌻 Sonnenblume|blume blute pflanze
🌼 gelbe Blüte|blume pflanze
🌷 Tulpe|blume blute pflanze
🪻@15 Hyazinthe|blaue wiesenlupine bluhen blume blute fruhling lavendel lila lowenmaul lupine pflanze violett
🌱 Spross|junge pflanze
🪴@13 Topfpflanze|dekor grunpflanze haus pflanze pflegen wachsen zimmerpflanze
🌲 Nadelbaum|baum pflanze tannenbaum
🌳 Laubbaum|baum blatter grun pflanze wald
🌴 Palme|baum kokusnuss oase pflanze strand tropen
🌵 Kaktus|durre natur pflanze trockenzeit wuste
🌾 Reisähre|ahre pflanze reispflanze
🌿 Kräuter|blatter pflanze
☘️ Kleeblatt|grun pflanze
🍀 Glücksklee|blatt kleeblatt pflanze silverster vierblattriges
🍁 Ahornblatt|blatt herbst laub pflanze
🍂 Laub|blatter fallendes herbst pflanze
🍃 Blätter im Wind|laub pflanze
🪹@14 leeres Nest|heim nestbau nisten vogelnest zuhause
🪺@14 Nest mit Eiern|heim blauen nestbau nisten vogelnest zuhause
🍄 Fliegenpilz|giftig pilz
🪾@16 kahler Baum|durr karg trocken winter
[food]
🍇 Trauben|frucht obst wein
🍈 Honigmelone|cantaloupe frucht melone obst
🍉 Wassermelone|frucht melone obst
🍊 Mandarine|apfelsine frucht obst orange vitamin
🍋 Zitrone|frucht obst sauer zitrusfrucht
🍋‍🟩@15.1 Limette|cocktail essen frucht obst saft sauer tequila tropisch zitrusfrucht
🍌 Banane|frucht obst schale
🍍 Ananas|frucht obst
🥭 Mango|essen fruchte obst shaker tropisch
🍎 roter Apfel|frucht obst
🍏 grüner Apfel|frucht gesund obst
🍐 Birne|frucht obst
🍑 Pfirsich|frucht obst
🍒 Kirschen|frucht obst
🍓 Erdbeere|beere essen frucht obst
🫐@13 Blaubeeren|beere essen frucht heidelbeeren lebensmittel nahrung obst
🥝 Kiwi|frucht obst
🍅 Tomate|essen gemuse obst
🫒@13 Olive|essen grun lebensmittel nahrung olivenol olivenzweig zweig
🥥 Kokosnuss|colada essen frucht palme pina
🥑 Avocado|essen frucht
🍆 Aubergine|gemuse
🥔 Kartoffel|essen gemuse
🥕 Karotte|gemuse mohre mohrrube
🌽 Maiskolben|gemuse
🌶️ Peperoni|chili paprika pfeffer pflanze scharf
🫑@13 Paprika|essen gemusepaprika grun lebensmittel nahrung peperoni
🥒 Gurke|essen gemuse scheiben
🥬 Blattgemüse|blattgrun essen gemuse grunkohl grunzeug kohl kraut mangold pak choi pok salatblatt spinat
🥦 Brokkoli|broccoli essen gemusekohl kohl
🧄 Knoblauch|essen geschmack lebensmittel nahrung wurze zutat
🧅 Zwiebel|essen geschmack gewurz lebensmittel nahrung wurze
🥜 Erdnuss|essen
🫘@14 Bohnen|essen gemuse hulsenfrucht kidneybohne lebensmittel
🌰 Kastanie|marone
🫚@15 Ingwer|gesund gewurz ginger ale ingwerbier scharf wurzel wurzig
🫛@15 Erbsenschote|bohne edamame essen gemuse hulsenfruchte schote
🍄‍🟫@15.1 brauner Pilz|essen fungus gemuse lebensmittel natur pflanze wald
🫜@16 Wurzelgemüse|bete garten gemuse rote rube
🍞 Brot|brotlaib essen kohlenhydrate laib toast weissbrot weizen
🥐 Croissant|corissant franzosisch fruhstuckshornchen
🥖 Baguette|brot franzosisch fruhstuck
🫓@13 Fladenbrot|arepa brot essen lavasch lebensmittel naan nahrung pita
🥨 Brezel|brezen brezn essen gedreht oktoberfest
🥯 Bagel|backerei backwaren brotchen essen fruhstuck pausenbrot
🥞 Pfannkuchen|crepe eierpfannkuchen essen
🧇 Waffel|essen lebensmittel nahrung mit butter
🧀 Käsestück
🍖 Fleischhachse|knochen restaurant
🍗 Hähnchenschenkel|fleisch geflugel huhnerbein restaurant
🥩 Fleischstück|essen kotelett lammkotelett rot schnitzel schweinekotelett steak
🥓 Bacon|essen fruhstucksspeck speckstreifen
🍔 Hamburger|burger fast food restaurant
🍟 Pommes frites|fritten
🍕 Pizza|pizzastuck pizzeria
🌭 Hotdog|essen frankfurter dog wurstchen
🥪 Sandwich|brot essen
🌮 Taco|essen mexikanisch
🌯 Burrito|essen mexikanisch
🫔@13 Tamale|burrito eingewickelt essen lebensmittel mexikanisch streetfood wrap
🥙 Döner|kebab falafel wrap
🧆 Falafel|ballchen essen fleischballchen kichererbsen lebensmittel nahrung
🥚 Ei|fruhstucksei
🍳 Spiegelei in Bratpfanne|braten kochen pfanne
🥘 Pfannengericht|essen paella reispfanne
🍲 Topf mit Essen|eintopf gericht schussel suppe
🫕@13 Fondue|essen geschmolzen kase schokolade schweizerisch topf
🥣 Schüssel mit Löffel|brei cerealien essen fruhstuck haferbrei reisbrei suppe
🥗 Salat|blattgemuse essen gesund grun
🍿 Popcorn|kino snack
🧈 Butter|essen lebensmittel milchprodukt nahrung
🧂 Salz|gesalzen geschmack gewurz salzig salzstreuer wurze zutat
🥫 Konserve|buchse dose essen
🍱 Bento-Box|japanisches essen sushi
🍘 Reiscracker|cracker
🍙 Reisbällchen|essen japanisch
🍚 Reis in Schüssel|essen
🍛 Reis mit Curry
🍜 Schüssel und Essstäbchen|chinesisches essen dampfend eiernudeln nudeln stabchen suppe
🍝 Spaghetti|essse nudeln mit tomatensosse pasta restaurant
🍠 geröstete Süßkartoffel|essen gemuse
🍢 Oden|japanisches gericht restaurant
🍣 Sushi|japanisches gericht restaurant
🍤 frittierte Garnele|restaurant tempura
🍥 Fischfrikadelle|restaurant spirale
🥮 Mondkuchen|essen festival herbst kuchen mondfest pinyin yuebing
🍡 Dango|japanisches gericht mochi kugeln auf einem spiess restaurant
🥟 Teigtasche|chinesische dumpling empanada essen gyoza jiaozi kloss pierogi potsticker
🥠 Glückskeks|essen prophezeiung
🥡 Takeaway-Schachtel|chinesisches essen stabchen box
🍦 Softeis|eis
🍧 Wassereis|eis sorbet zerstossen
🍨 Eiscreme|eisbecher eisdiele
🍩 Donut|doughnut essen kuchen suss
🍪 Keks|cookie platchen
🎂 Geburtstagskuchen|essen feier geburtstagstorte happy birthday kerzen kuchen lebensmittel torte
🍰 Torte|kuchenstuck stuck tortenstuck
🧁 Cupcake|backerei dessert essen geback kalorienbombe konditorei muffin nachspeise streusel suss zucker
🥧 Kuchen|essen fullung geback pastete torte
🍫 Schokoladentafel|essen sussigkeit
🍬 Bonbon|sussigkeit
🍭 Lutscher|lolli sussigkeit
🍮 Pudding|dessert flan nachspeise nachtisch schokolade sosse
🍯 Honigtopf|suss
🍼 Babyflasche|flaschchen flasche kind milch trinken
🥛 Glas Milch|getrank trinken
☕ Heißgetränk|cafe dampfend getrank kaffee tasse tee trinken
🫖@13 Teekanne|getrank kanne lebensmittel bruhen teekrug trinken
🍵 Teetasse ohne Henkel|getrank gruner oolong schale
🍶 Sake-Flasche mit Tasse|getrank und trinken
🍾 Flasche mit knallendem Korken|champagner getrank sekt trinken
🍷 Weinglas|alkohol bar glas
🍸 Cocktailglas|bar drink martini
🍹 Cocktail|bar exotisches getrank
🍺 Bierkrug|bar krug oktoberfest prost weizenbier
🍻 Bierkrüge|anstossen oktoberfest prosit prost weizen
🥂 Sektgläser|anstossen feiern getrank glaser prost
🥃 Trinkglas|bar schnaps whiskey
🫗@14 Flüssigkeit ausgießen|ausleeren getrank giessen glas leer missgeschick tropfende verschutten
🥤 Becher mit Strohhalm|brause erfrischung saft selters soda trinken trinkhalm wasser
🧋@13 Bubble Tea|blase essen getrank lebensmittel milch perle taiwan tee
🧃 Trinkpäckchen|fruchtsaft getrank obstsaft saftpackung
🧉 Mate-Tee|getrank
🧊 Eiswürfel|eisberg gefroren kalt kuhlen wurfel
🥢 Essstäbchen|chinesisches essen hashi japanisches stabchen
🍽️ Teller mit Messer und Gabel|geschirr kochen
🍴 Messer und Gabel|abendessen besteck essen fruhstuck geschirr hunger lecker mittagessen restaurant
🥄 Löffel|besteck
🔪 Küchenmesser|messer schneiden
🫙@14 Einmachglas|einweckglas essen gewurzglas leerer behalter leeres glas marmeladeglas schraubglas
🏺 Amphore|gefass kochen krug sternzeichen tierkreis trinken vase wassermann
[travel]
🌍 Globus mit Europa und Afrika|erde weltkugel
🌎 Globus mit Amerika|erde nordamerika sudamerika weltkugel
🌏 Globus mit Asien und Australien|erde weltkugel
🌐 Globus mit Meridianen|breitengrad langengrad
🗺️ Weltkarte|karte landkarte reisen
🗾 Umriss von Japan|karte
🧭 Kompass|himmelsrichtung magnetisch navigation orientierung richtung windrose
🏔️ schneebedeckter Berg|gebirge kalt
⛰️ Berg|gebirge
🛘@17 Erdrutsch|berg erdbeben felsen gefahr katastrophe lawine murenabgang murgang schlammlawine
🌋 Vulkan|ausbruch berg lava vulkanausbruch wetter
🗻 Fuji|berg vulkan
🏕️ Camping|campen zelten
🏖️ Strand mit Sonnenschirm|meer
🏜️ Wüste|heiss
🏝️ einsame Insel|meer palme strand verlassen
🏞️ Nationalpark|berg fluss natur park schutzgebiet
🏟️ Stadion|arena
🏛️ antikes Gebäude|klassizistisch
🏗️ Kran|bauen
🧱 Ziegelstein|bauen grenze klinker mauerwerk mortel wand ziegelsteine zugemauert
🪨@13 Felsen|felsig hart natur schwer steinig
🪵@13 Holz|baumstamm feuerholz holzig holzscheite lagerfeuer
🛖@13 Hütte|behausung gebaude haus jurte objekt rundhaus schutz
🏘️ Wohnhäuser|dorf gebaude hauser wohnsiedlung
🏚️ verfallenes Haus|gebaude heruntergekommen verlassenes
🏠 Haus|gebaude zuhause
🏡 Haus mit Garten|baum
🏢 Bürogebäude|hochhaus
🏣 japanisches Postgebäude
🏤 Postgebäude|europaisches
🏥 Krankenhaus|ambulanz arzt gebaude medizin notaufnahme
🏦 Bank|gebaude geld
🏨 Hotel|gebaude ubernachten unterkunft
🏩 Stundenhotel|gebaude hotel liebe unterkunft
🏪 Minimarkt|einkaufen gebaude geschaft lebensmittel
🏫 Schule|gebaude schulgebaude
🏬 Kaufhaus|einkaufen gebaude geschaft shoppen
🏭 Fabrik|fabrikgebaude gebaude
🏯 japanisches Schloss|bauwerk gebaude
🏰 Schloss|bauwerk burg europaisch gebaude marchenschloss
💒 Hochzeit|herz kirche
🗼 Tokyo Tower|fernsehturm tokio
🗽 Freiheitsstatue|amerika
⛪ Kirche|christentum christlich gebaude kreuz religion
🕌 Moschee|islam moslem muslim religion
🛕 Hindutempel|gebaude tempel
🕍 Synagoge|jude judisch religion tempel
⛩️ Shinto-Schrein|religion
🕋 Kaaba|hajj islam moslem muslim religion
⛲ Springbrunnen|brunnen garten park
⛺ Zelt|campingurlaub zeltplatz
🌁 neblig|nebel wetter
🌃 Sternenhimmel|city hochhauser nacht skyline stadt
🏙️ Skyline|gebaude grossstadt hauser hochhauser stadt wolkenkratzer
🌄 Sonnenaufgang über Bergen
🌅 Sonnenaufgang über dem Meer
🌆 Abendstimmung in der Stadt|hochhauser new york skyline sonnenaufgang sonnenuntergang wolkenkratzer
🌇 Sonnenuntergang in der Stadt|grossstadt hochhauser morgenrot sonnenaufgang wolkenkratzer
🌉 Brücke vor Nachthimmel|golden gate nachts
♨️ heiße Quellen|dampfend
🎠 Karussellpferd|pferd reiten
🛝@14 Spielplatzrutsche|rutschbahn rutsche spielen vergnugungspark
🎡 Riesenrad|freizeitpark rad volksfest
🎢 Achterbahn|freizeitpark volksfest
💈 Barbershop-Säule|friseur herrenfriseur
🎪 Zirkuszelt|unterhaltung zelt
🚂 Dampflokomotive|bahn fahrzeug lokomotive schiene zug
🚃 Eisenbahnwagen|fahrzeug strassenbahnwagen tram wagen waggon wagon zug
🚄 Hochgeschwindigkeitszug mit spitzer Nase|ice shinkansen tgv zug
🚅 Hochgeschwindigkeitszug|bahn japan shinkansen zug
🚆 Zug|bahn eisenbahn ice
🚇 U-Bahn|metro
🚈 S-Bahn|ice monorail zug
🚉 Bahnhof|zug
🚊 Straßenbahn|tram verkehrsmittel
🚝 Einschienenbahn|bahn magnetschwebebahn monorail
🚞 Bergbahn|bahn bimmelbahn zug
🚋 Straßenbahnwagen|tramwagen transport verkehrsmittel waggon
🚌 Bus|fahrzeug schulbus
🚍 Bus von vorne|verkehrsmittel vorderansicht
🚎 Oberleitungsbus|strassenbahn trolleybus
🚐 Kleinbus|bus fahrzeug
🚑 Krankenwagen|ambulanz notfall
🚒 Feuerwehrauto|brand loschfahrzeug
🚓 Polizeiwagen|streifenwagen
🚔 Polizeiwagen von vorne|streifenwagen vorderansicht
🚕 Taxi|auto fahrzeug
🚖 Taxi von vorne|auto fahren gelb vorderansicht
🚗 Auto|fahren fahrzeug rot verkehr
🚘 Auto von vorne|automobil fahrzeug rot vorderansicht
🚙 Wohnmobil|auto blau fahren verreisen
🛻@13 Pick-up|auto fahren fahrzeug laster lastwagen lieferwagen lkw transport
🚚 Lieferwagen|lastwagen lkw
🚛 Sattelzug|lastwagen lkw umziehen ziehen
🚜 Traktor|bauernhof landwirtschaft trecker
🏎️ Rennauto|autorennen
🏍️ Motorrad|moped motorrennen
🛵 Motorroller|motoroller roller vespa
🦽 manueller Rollstuhl|barrierefreiheit behinderung
🦼 elektrischer Rollstuhl|barrierefreiheit behinderung
🛺 Autorikscha|fahrzeug tuk
🚲 Fahrrad|bmx radeln radler spinning
🛴 Tretroller|roller
🛹 Skateboard|board brett rader fahren skaten skater
🛼@13 Rollschuh|rollen rollerskate laufen schuh sport
🚏 Bushaltestelle|haltestelle
🛣️ Autobahn|schnellstrasse
🛤️ Bahngleis|gleise schienen
🛢️ Ölfass|fass
⛽ Tanksäule|benzin tanken tankstelle
🛞@14 Autorad|autoreifen drehen rad reifen mit felgen rotieren
🚨 Polizeilicht|sirene
🚥 horizontale Verkehrsampel|ampel vertikal
🚦 vertikale Verkehrsampel|ampel horizontal
🛑 Stoppschild|achteckig schild
🚧 Baustellenabsperrung|baustellenschild schild
⚓ Anker|hafen meer
🛟@14 Rettungsring|retten lebensretter schwimmring sicherheit
⛵ Segelboot|boot
🛶 Kanu|boot wassersport
🚤 Schnellboot|boot luxus see sommer wasser yacht
🛳️ Passagierschiff|aida rundreise schiff seereise traumschiff
⛴️ Fähre|schiff
🛥️ Motorboot|boot schiff
🚢 Schiff|dampfer kreuzfahrtschiff traumschiff
✈️ Flugzeug|flieger
🛩️ kleines Flugzeug|privatjet
🛫 Abflug|fliegen flughafen start eines flugzeugs
🛬 Landung eines Flugzeugs|ankunft flieger flughafen landen
🪂 Fallschirm|fallschirmspringen paragliding skydiving sport
💺 Sitzplatz|bus flugzeug zug
🚁 Hubschrauber|fliegen helikopter reisen
🚟 Schwebebahn|hangebahn
🚠 Bergschwebebahn|schwebebahn
🚡 Bergseilbahn|gondel seilbahn
🛰️ Satellit|sputnik weltraum
🚀 Rakete|all weltraum
🛸 fliegende Untertasse|alien ausserirdisch ufo
🛎️ Rezeptionsklingel|klingel
🧳 Gepäck|ballast hartschalenkoffer koffer reise trolley tasche
⌛ Sanduhr|prozess vorgang lauft zeit
⏳ laufende Sanduhr|prozess vorgang lauft
⌚ Armbanduhr|uhr zeit
⏰ Wecker|uhrzeit zeit
⏱️ Stoppuhr|uhr zeit
⏲️ Zeitschaltuhr|timer uhr
🕰️ Kaminuhr|tick tack uhr
🕛 Ziffernblatt 12:00 Uhr|mittag mitternacht zwolf
🕧 12:30 Uhr|00 halb eins zeit ziffernblatt
🕐 1:00 Uhr|01 13 punkt eins zeit ziffernblatt
🕜 1:30 Uhr|halb zwei ziffernblatt
🕑 2:00 Uhr|zeit ziffernblatt
🕝 2:30 Uhr|halb drei zeit ziffernblatt
🕒 3:00 Uhr|zeit ziffernblatt
🕞 3:30 Uhr|halb vier ziffernblatt
🕓 4:00 Uhr|zeit ziffernblatt
🕟 4:30 Uhr|04 16 halb funf zeit ziffernblatt
🕔 5:00 Uhr|05 17 punkt funf zeit ziffernblatt
🕠 5:30 Uhr|05 17 halb sechs ziffernblatt
🕕 6:00 Uhr|zeit ziffernblatt
🕡 6:30 Uhr|halb sieben ziffernblatt
🕖 7:00 Uhr|ziffernblatt
🕢 7:30 Uhr|halb acht zeit ziffernblatt
🕗 8:00 Uhr|um zeit ziffernblatt
🕣 8:30 Uhr|halb neun ziffernblatt
🕘 9:00 Uhr|zeit ziffernblatt
🕤 9:30 Uhr|halb zehn zeit ziffernblatt
🕙 10:00 Uhr|zeit ziffernblatt
🕥 10:30 Uhr|halb elf ziffernblatt
🕚 11:00 Uhr|zeit ziffernblatt
🕦 11:30 Uhr|halb zwolf zeit ziffernblatt
🌑 Neumond|mond
🌒 erstes Mondviertel|zunehmend
🌓 zunehmender Halbmond|mond
🌔 zweites Mondviertel|zunehmend
🌕 Vollmond|mond
🌖 drittes Mondviertel|abnehmend
🌗 abnehmender Halbmond
🌘 letztes Mondviertel|abnehmend nacht
🌙 Mondsichel|nacht
🌚 Neumond mit Gesicht|mondgesicht
🌛 Mondsichel mit Gesicht links|weltall
🌜 Mondsichel mit Gesicht rechts|nacht
🌡️ Thermometer|temperatur wetter
☀️ Sonne|sonnenstrahlen sonnig strahlen wetter
🌝 Vollmond mit Gesicht
🌞 Sonne mit Gesicht|sonnengesicht sonnenschein
🪐 Ringplanet|gasplanet himmelskorper planet saturn
⭐ weißer mittelgroßer Stern|astronomie gelber himmel
🌟 funkelnder Stern|glitzern
🌠 Sternschnuppe|himmel
🌌 Milchstraße|galaxie universum
☁️ Wolke|wetter wolkig
⛅ Sonne hinter Wolke|wolkig
⛈️ Wolke mit Blitz und Regen|gewitter wetter wolkig
🌤️ Sonne hinter kleiner Wolke|bewolkt wetter
🌥️ Sonne hinter großer Wolke|bewolkt wetter
🌦️ Sonne hinter Regenwolke|wetter
🌧️ Wolke mit Regen|regenwolke wetter
🌨️ Wolke mit Schnee|kalt wetter
🌩️ Wolke mit Blitz|gewitter wetter
🌪️ Wirbelsturm|tornado wetter
🌫️ Nebel|neblig wetter
🌬️ Wind|wetter windig
🌀 Wirbel|spirale wirbelsturm
🌈 Regenbogen|wetter
🌂 geschlossener Regenschirm
☂️ Regenschirm|bekleidung wetter
☔ Regenschirm im Regen
⛱️ aufgestellter Sonnenschirm|strand
⚡ Hochspannung|blitz elektrizitat gefahr gewitter hochspannungszeichen strom
❄️ Schneeflocke|flocke kalt schneien wetter winter
☃️ Schneemann im Schnee
⛄ Schneemann ohne Schneeflocken|kalt winter
☄️ Komet|weltall
🔥 Feuer|brennen flamme heiss
💧 Tropfen|schweiss trane wassertropfen
🌊 Welle|meer
[activities]
🎃 Halloweenkürbis|herbst kurbislaterne
🎄 Weihnachtsbaum|baum tanne weihnachten
🎆 Feuerwerk|silvester
🎇 Wunderkerze|feiern feuerwerk party
🧨 Feuerwerkskörper|dynamit explosion explosiv funken knallen knaller kracher silvester sprengen sprengstoff zundstoff
✨ funkelnde Sterne
🎈 Luftballon|ballon feier geburtstag
🎉 Konfettibombe|boller feier juhu knaller party super yay
🎊 Konfettiball|feier party
🎋 Tanabata-Baum|fest japan sternenfest zettel
🎍 Piniendekoration|japan neujahrsfest
🎎 japanische Puppen|puppenfest
🎏 traditionelle japanische Windsäcke|feier karpfen
🎐 japanisches Windspiel|bimmel feier glocke
🎑 traditionelles Mondfest|japan
🧧 roter Umschlag|geld geschenk gluck bao hongbao
🎀 pinke Schleife|feier geschenk rosa
🎁 Geschenk|feier geburtstag schachtel schleife uberraschung verpackt weihnachten
🎗️ Gedenkschleife|schleife
🎟️ Eintrittskarten|billet ticket
🎫 Ticket|konzert unterhaltung
🎖️ Militärorden|orden
🏆 Pokal|bundesliga champion gewinnen preis sieger sport trophae
🏅 Sportmedaille|gewinn goldmedaille medaille
🥇 Goldmedaille|erster gewinn medaille platz
🥈 Silbermedaille|medaille platz zweiter
🥉 Bronzemedaille|dritter medaille platz
⚽ Fußball|ball bundesliga messi
⚾ Baseball|ball
🥎 Softball|ball baseball handschuh sport unterarm werfen
🏀 Basketball|ball korb sport
🏐 Volleyball|ball sport
🏈 Football|american amerika ball sport super bowl
🏉 Rugbyball|ball sport
🎾 Tennisball|ball sport
🥏 Frisbee|disc disk fliegende untertasse scheibe ultimate
🎳 Bowling|bowlingkugel kugel spiel
🏏 Kricket|ball cricket schlager
🏑 Feldhockey|hockey schlager
🏒 Eishockey|schlager und puck hockey
🥍 Lacrosse|ball schlager sport stick stock tor
🏓 Tischtennis|ball ping pong schlager spiel sport
🏸 Badminton|federball schlager
🥊 Boxhandschuh|boxen handschuh sport
🥋 Kampfsportanzug|judo kampfkunst karate taekwondo
🥅 Tor|fussball netz sport
⛳ Golffahne|golfplatz
⛸️ Schlittschuh|eislauf
🎣 Angel mit Fisch|angeln entspannung
🤿 Tauchmaske|schnorcheln schwimmen sporttauchen tauchen
🎽 Laufshirt|laufen mit scharpe sport
🎿 Ski|und stocke
🛷 Schlitten|rodeln schnee
🥌 Curlingstein|spiel sport stein
🎯 Darts|pfeil spiel volltreffer zielscheibe
🪀 Jo-Jo|spielzeug yo
🪁 Drachen|fliegen hochfliegen steigen wind
🔫 Wasserpistole|pistole revolver waffe
🎱 Billardkugel|ball kugel schwarz spiel
🔮 Kristallkugel|wahrsager zukunft
🪄@13 Zauberstab|abrakadabra hexer magie magisch wunder zauberei zauberer zauberin zaubern
🎮 Gamepad|gaming unterhaltung videospiel
🕹️ Joystick|gaming videospiel
🎰 Spielautomat|glucksspiel
🎲 Spielwürfel|casino unterhaltung wurfeln zufall
🧩 Puzzleteil|bestandteile hinweise hobby passen puzzeln puzzlestuck puzzleteile spiel teile zusammenpassen zusammensetzen
🧸 Teddybär|bar kuscheltier pluschteddy pluschtier spielwaren spielzeug stoffbar stofftier
🪅@13 Piñata|feier hau drauf mexikanisch mexiko objekt party pinada sussigkeiten
🪩@14 Discokugel|lichtreflexe party spiegelkugel tanzen
🪆@13 Matroschka|babuschka matrioschka matrjoschka puppe russland spielzeug
♠️ Pik|kartenspiel
♥️ Herz|kartenspiel
♦️ Karo|kartenspiel
♣️ Kreuz|kartenspiel
♟️ Bauer Schach
🃏 Jokerkarte|spielkarte
🀄 Mahjong-Stein|roter drache spiel
🎴 japanische Blumenkarte|hanafuda karte
🎭 Masken|kunst theater unterhaltung
🖼️ gerahmtes Bild|gemalde kunst malen rahmen zeichnen zeichnung
🎨 Mischpalette|farben kunstler palette
🧵 Faden|nadel nahen nahfaden nahgarn rolle spule zwirn
🪡@13 Nähnadel|einfadeln faden nadel und nahen nahte schneidern stiche sticken
🧶 Wollknäuel|ball garn hakeln spinnen stricken wolle zwirn
🪢@13 Knoten|achterknoten binden schnursenkel seemansknoten segelboot segeln seil verknoten zusammendrehen
[things]
👓 Brille|accessoire
🕶️ Sonnenbrille|augen brille dunkel
🥽 Schutzbrille|augenschutz brille schweissen schweisserbrille schwimmen tauchen taucherbrille
🥼 Laborkittel|arztkittel doc doktor experiment kleidungsstuck labormantel jacke weisser mantel wissenschaftler
🦺 Sicherheitsweste|kleidung notfall weste
👔 Hemd mit Krawatte|kleidung kragen schlips
👕 T-Shirt|kleidung
👖 Jeans|hose kleidung
🧣 Schal|hals kalt kleidung warm anziehen
🧤 Handschuhe
🧥 Mantel|brr jacke kalt kleidung warm anziehen
🧦 Socken|strumpfe
👗 Kleid|kleidung
👘 Kimono|japanisch kleidung
🥻 Sari|kleidung
🩱 einteiliger Badeanzug|kleidung
🩲 Slip|badeanzug einteiler kleidung unterwasche
🩳 Shorts|badebekleidung badehose boxershorts kleidung schwimmshorts
👙 Bikini|badeanzug kleidung
👚 Bluse|damenmode kleidung oberbekleidung shirt
🪭@15 Faltfächer|abkuhlung facher flirten heiss kuhlen luft zufacheln schuchtern spanisch tanz warm
👛 Geldbörse|accessoire brieftasche munzen portemonnaie
👜 Handtasche|accessoire einkaufen tasche
👝 Clutch|accessoire beutel handtasche kulturbeutel tasche waschtasche
🛍️ Einkaufstüten|einkaufen shoppen shopping tasche tute
🎒 Schulranzen|ranzen rucksack schule tornister
🩴@13 Zehensandale|badelatschen flipflops latschen sandalen schuh strandschuh zehensandalen
👞 Herrenschuh|gehen schuh
👟 Sportschuh|laufen rennen schuh sneaker sportlich turnschuh
🥾 Wanderstiefel|brauner schuh campen camping kleidungsstuck outdoor rucksacktour stiefel wandern wanderung
🥿 flacher Schuh|ballerina ballet pumps bequem frauenschuh kleidungsstuck slipper
👠 Stöckelschuh|absatzschuh damen elegant heel highheels pumps rot schuh vornehm
👡 Damensandale|sandale schuh
🩰 Ballettschuhe|kleidung schuhe tanz
👢 Damenstiefel|schuh stiefel
🪮@15 Haarkamm|afro pick haare kammen
👑 Krone|konigin kopfbedeckung majestat
👒 Damenhut|mit schleife hut kleidung kopfbedeckung
🎩 Zylinder|hut kopfbedeckung unterhaltung zauberer zylinderhut
🎓 Doktorhut|abschlussfeier diplom
🧢 Baseballmütze|kappe mutze baseballkappe schirmkappe
🪖@13 Militärhelm|armee heer helm kampferin krieg schutzhelm soldatin
⛑️ Rettungshelm|bergen erste hilfe helm mit weissem kreuz retten roter sanitater
📿 Gebetskette|beten kette religion rosenkranz
💄 Lippenstift|kosmetik up makeup rot schminke
💍 Ring|diamantring edelstein schmuck verlobung
💎 Edelstein|diamant
🔇 durchgestrichener Lautsprecher|leise psst stummgeschaltet
🔈 Lautsprecher mit geringer Lautstärke|eingeschaltet ton an
🔉 Lautsprecher mit mittlerer Lautstärke|einer schallwelle leise mittellaut ton
🔊 Lautsprecher mit hoher Lautstärke|dezibel drei schallwellen musik
📢 Lautsprecher|megafon schallendes
📣 Megafon|jubel lautsprecher
📯 Posthorn|brief mail
🔔 Glocke|ding dong klingeling ton eingeschaltet
🔕 durchgestrichene Glocke|kein ton leise ausgeschaltet
🎼 Notenschlüssel|musik partitur violinschlussel
🎵 Musiknote|lied melodie note
🎶 Musiknoten|noten
🎙️ Studiomikrofon|mikrofon
🎚️ Schieberegler|musik
🎛️ Drehregler|bedienknopfe knopfe stellknopfe
🎤 Mikrofon|karaoke singen unterhaltung
🎧 Kopfhörer|musik unterhaltung
📻 Radio|musik
🎷 Saxofon|instrument musikinstrument
🎺 Trompete|instrument musikinstrument
🪊@17 Posaune|blasinstrument blechblaser blechblasinstrument instrument jazz musik schieben traurig ziehen
🪗@13 Akkordeon|akkordeons concertina harmonika instrument musikinstrument quetschkommoden schifferklavier spielen ziehharmonikas
🎸 Gitarre|instrument musikinstrument
🎹 Klaviatur|instrument klavier musikinstrument piano tastatur tasten
🎻 Geige|instrument musikinstrument violine
🪕 Banjo|instrument musik saiteninstrument zupfinstrument
🥁 Trommel|drumsticks instrument musik schlagel sticks trommelstocke
🪘@13 afrikanische Trommel|conga handtrommel instrument musikinstrument rhythmus trommeln
🪇@15 Maracas|cha instrument musikinstrument musizieren party percussion rasseln tanzen
🪈@15 Flöte|band blaskapelle holzblasinstrument instrument musikinstrument musizieren orchester spielmannszug
🪉@16 Harfe|amor cupido instrument liebe musik orchester
📱 Mobiltelefon|handy iphone smartphone telefonieren
📲 Mobiltelefon mit Pfeil|anrufen handy iphone kommunikation whatsapp
☎️ Telefon|anrufen festnetz
📞 Telefonhörer|anrufen horer kommunikation
📟 Pager|kommunikation piepser
📠 Faxgerät|kommunikation
🔋 Batterie|akku
🪫@14 schwache Batterie|fast leer aufladen elektronik ladestand niedriger akkustand schwacher
🔌 Netzstecker|stecker stromstecker
💻 Laptop|bildschirm computermonitor monitor notebook pc
🖥️ Desktopcomputer|bildschirm computer imac monitor
🖨️ Drucker|computer
⌨️ Tastatur|computer keyboard
🖱️ Computermaus|maus
🖲️ Trackball|computer
💽 Minidisc|md minidisk
💾 Diskette|datentrager
💿 CD|blu ray dvd
📀 DVD|blu ray cd computer
🧮 Abakus|abaki abakusse berechnung kalkulation mathematik rechenhilfe rechenrahmen rechenschieber rechnen zahlen zahlrahmen
🎥 Filmkamera|kino unterhaltung
🎞️ Filmstreifen|filmband kino
📽️ Filmprojektor|kino unterhaltung
🎬 Filmklappe|klappe unterhaltung
📺 Fernseher|fernsehen film tv
📷 Fotoapparat|fotos kamera
📸 Fotoapparat mit Blitz
📹 Videokamera|filmen videos
📼 Videokassette|vhs
🔍 Lupe nach links|suche vergrosserungsglas
🔎 Lupe nach rechts|suche vergrosserungsglas
🕯️ Kerze|licht
💡 Glühbirne|hell idee lampe licht
🔦 Taschenlampe|lampe licht
🏮 rote Papierlaterne|izakaya laterne japanisches lokal
🪔 Öllampe|diya lampe
📔 Notizbuch mit dekorativem Einband
📕 geschlossenes Buch
📖 offenes Buch|bibliothek blattern geoffnet lernen lesen seite
📗 grünes Buch|lesen
📘 blaues Buch
📙 orangefarbenes Buch
📚 Bücherstapel|fantasie lesen roman
📓 Notizbuch|notizen
📒 Spiralblock|notizblock
📃 teilweise eingerolltes Blatt|dokument papier seite
📜 Schriftrolle|papier
📄 Vorderseite eines Blattes|dokument papier seite
📰 Zeitung|medien nachrichten presse
🗞️ zusammengerollte Zeitung
📑 Pagemarker|notizen
🔖 Lesezeichen|etikett lesen
🏷️ Etikett|label marke
🪙@13 Münze|bezahlen dollar euro geld goldesel metall reich schatz silber sparen
💰 Geldsack|moneten reich sack
🪎@17 Schatztruhe|beute edelstein geld gold juwelen preis reichtum silber wertgegenstande
💴 Yen-Banknote|geldschein
💵 Dollar-Banknote|geldschein wahrung
💶 Euro-Banknote|euroschein geldschein
💷 Pfund-Banknote|geldschein
💸 Geldschein mit Flügeln|bank euro knete moneten
💳 Kreditkarte|bankkarte ec karte geldkarte guthaben
🧾 Beleg|abrechnung aufstellung blatt buchhalter buchhaltung quittung rechnungswesen schriftstuck
💹 steigende Kurve mit Yen-Zeichen|diagramm markt steigender trend
✉️ Briefumschlag|mail
📧 E-Mail|brief symbol post
📨 eingehender Briefumschlag|mail empfangen umschlag
📩 Umschlag mit Pfeil|mail gesendet
📤 Postausgang|ablage mail
📥 Posteingang|ablage mail
📦 Paket|packchen
📫 geschlossener Briefkasten mit Post|mail
📪 geschlossener Briefkasten ohne Post|keine mail
📬 offener Briefkasten mit Post|mail
📭 offener Briefkasten ohne Post|keine mail
📮 Briefkasten|post
🗳️ Urne mit Wahlzettel|wahlen
✏️ Bleistift|stift
✒️ schwarzer Federhalter|fuller stift
🖋️ Füllhalter|fuller fullfedehalter fullfederhalter schreiben stift
🖊️ Kugelschreiber|stift
🖌️ Pinsel|kunst malen
🖍️ Wachsmalstift|buntstift filzstift
📝 Papier und Bleistift|kurzmitteilung nachricht notiz schreibblock schreiben
💼 Aktentasche|tasche
📁 Ordner|akten buro dokument geschlossen
📂 geöffneter Ordner|dokument offen
🗂️ Karteireiter|akten buroausstattung buromaterial karteibahnen karteikarten
📅 Kalender|datum kalenderblatt
📆 Abreißkalender|datum kalender termin
🗒️ Notizblock|block papier
🗓️ Spiralkalender|kalender
📇 Rotationskartei|visitenkarten
📈 Aufwärtstrend|diagramm kurve steigend
📉 Abwärtstrend|diagramm fallend kurve
📊 Balkendiagramm|diagramm
📋 Klemmbrett|clipboard clpboard zwischenablage
📌 Reißzwecke|anpinnen
📍 Stecknadel|anpinnen reisszwecke runde
📎 Büroklammer
🖇️ verhakte Büroklammern
📏 Lineal
📐 dreieckiges Lineal|geodreieck
✂️ Schere|schneiden schnipp
🗃️ Karteikasten|buroausstattung buromaterial
🗄️ Aktenschrank|ablage archiv schublade
🗑️ Papierkorb|abfalleimer
🔒 geschlossenes Schloss|datenschutz sicherheit
🔓 offenes Schloss|nicht gesichert
🔏 Schloss mit Füller|datenschutz privat sicherheit
🔐 Schloss mit Schlüssel|datenschutz privat sicherheit
🔑 Schlüssel|passwort schliessen
🗝️ alter Schlüssel|schloss
🔨 Hammer|werkzeug
🪓 Axt|beil hacken holz spalten werkzeug
⛏️ Pickel|werkzeug
⚒️ Hammer und Pickel|arbeiter werkzeug
🛠️ Hammer und Schraubenschlüssel|werkzeug
🗡️ Dolch|schwert waffe
⚔️ gekreuzte Schwerter|waffe
💣 Bombe|comic dynamit explodieren
🪃@13 Bumerang|aborigines australien boomerang schleuder waffe werfen
🏹 Pfeil und Bogen
🛡️ Schutzschild|schild
🪚@13 Handsäge|holz sagen tischler trimmen werkzeug
🔧 Schraubenschlüssel|werkzeug
🪛@13 Schraubenzieher|schraubendreher werkzeug
🔩 Mutter und Schraube
⚙️ Zahnrad|werkzeug
🗜️ Schraubzwinge|werkzeug
⚖️ Waage|gerechtigkeit gewicht werkzeug wiegen
🦯 Blindenstock|barrierefreiheit behinderung gehstock
🔗 Linksymbol|kettenglieder verknupfen verknupfungssymbol zwei ringe
⛓️‍💥@15.1 gebrochene Kette|brechen freiheit handschellen zerbrechen
⛓️ Ketten|eisen
🪝@13 Haken|angelhaken aufhaken aufhangen einhaken hangen metallhaken
🧰 Werkzeugkasten|box handkasten kasten kiste mechaniker rote werkzeugkiste werkzeugkoffer
🧲 Magnet|anziehungskraft hufeisen magnetisch pole positiv negativ form
🪜@13 Leiter|hochsteigen holzleiter klettern sprosse stufe
🪏@16 Schaufel|graben loch schippe spaten
⚗️ Destillierapparat|werkzeug
🧪 Reagenzglas|chemie chemikalie chemiker experiment labor substanz versuche wissenschaft
🧫 Petrischale|bakterienkultur biologe biologie biologin kultur labor pipette probe
🧬 DNA|biologe biologie biologin dns evolution genetik genmanipulation leben
🔬 Mikroskop|labor untersuchen wissenschaft
🔭 Teleskop|himmel
📡 Satellitenschüssel|antenne schussel satschussel
💉 Spritze|arzt impfen impfung injektion kanule nadel
🩸 Blutstropfen|blutspende flussigkeit medizin menstruation
💊 Kapsel|arznei arzt medizin pille tabletten
🩹 Heftpflaster|pflaster verletzt wunde
🩼@14 Krücke|behinderung beinverletzung fussverletzung gehhilfe gehstutze hilfe schmerzen stock verletzt verletzung
🩺 Stethoskop|abhoren arzt doktor herzschlag medizin untersuchung
🩻@14 Röntgenbild|durchleuchten knochen medizin radiologie rippen rontgenstrahlen skelett
🚪 Tür|eingang geschlossen
🛗@13 Fahrstuhl|aufzug haus lift symbol transport
🪞@13 Spiegel|holzspiegel reflexion spiegelbild wandspiegel
🪟@13 Fenster|aussicht durchsichtig fensterrahmen frische glas haus luften offnung rahmen
🛏️ Bett|hotel schlafen ubernachtung
🛋️ Sofa und Lampe|couch
🪑 Stuhl|holzstuhl mobel sitzen
🚽 Toilette|klo wc
🪠@13 Saugglocke|abfluss gummiglocke klempner klo pompel pumpel sanitar saugglocken toilette verstopft wc werkzeug
🚿 Dusche|duschkopf
🛁 Badewanne|badezimmer dusche
🪤@13 Mausefalle|anlocken falle kase
🪒 Rasierer|klinge rasieren rasiermesser scharf
🧴 Creme|feuchtigkeitscreme feuchtigkeitsmilch haarwaschmittel korpercreme lotion nachtcreme shampoo sonnencreme
🧷 Sicherheitsnadel|punk windel
🧹 Besen|fegen hexenbesen kehren reinigen machen saubern
🧺 Korb|bauernhof landwirtschaft picknick tragekorb waschekorb
🧻 Küchenrolle|hygiene klopapier papierrolle papiertucher toilettenpapier wc
🪣@13 Eimer|behalter bottich kubel wassereimer
🧼 Seife|baden putzen reinigen riegel machen saubern schaumen seifenschale seifenstuck
🫧@14 Blasen|perlen reinigen schaum schweben seifenblasen unter wasserblasen
🪥@13 Zahnbürste|badezimmer burste korperpflege mundhygiene putzen sauber zahne zahnhygiene
🧽 Schwamm|absorbieren aufsaugen lochrig poros putzen putzmittel reinigen sauber machen schaumen
🧯 Feuerlöscher|loschen
🛒 Einkaufswagen|einkaufen
🚬 Zigarette|kippe rauchen rauchersymbol
⚰️ Sarg|beerdigung tod tot vampir
🪦@13 Grabstein|friedhof rip tot
⚱️ Urne|beerdigung tod tot
🧿 Nazar-Amulett|blau boser blick glasperle glucksbringer kugelchen perle talisman
🪬@14 Hamsa|amulett auge in offener hand fatima gluckssymbol judisch maria muslimisch schutz
🗿 Statue|gesicht maske osterinsel
🪧@13 Protestschild|ankundigung bekanntmachung demonstration hinweis mahnwache plakat schild
🪪@14 Ausweis|dokument fuhrerschein karte pass personalausweis plakette reisepass
[signs]
🏧 Symbol „Geldautomat“|atm
🚮 Symbol „Papierkorb“|abfall mulleimer sauberkeit wegschmeissen wegwerfen
🚰 Trinkwasser|wasserhahn
♿ Symbol „Rollstuhl“|barrierefrei behindertengerecht
🚹 Herren|herrentoilette wc
🚺 Damen|damentoilette wc
🚻 Toiletten|wc
🚼 Symbol „Baby“|wickelraum
🚾 WC|toilette
🛂 Passkontrolle
🛃 Zollkontrolle
🛄 Gepäckausgabe
🛅 Gepäckaufbewahrung|schliessfach
⚠️ Warnung|achtung dreieck vorsicht warnschild
🚸 Kinder überqueren die Straße|queren schild strassenschild vorsicht
⛔ Zutritt verboten|einbahnstrasse keine durchfahrt schild
🚫 Verboten|kein zutritt zeichen verbotszeichen
🚳 Fahrräder verboten|fahhrad schild radfahren
🚭 Rauchverbot|rauchen verboten zigarette
🚯 Abfall verboten|mull zeichen
🚱 Kein Trinkwasser|verboten verschmutzt wasser
🚷 Fußgänger verboten|schild
📵 Mobiltelefone verboten|handy
🔞 Minderjährige verboten|erwachsene mindestalter nicht jugendfrei zeichen mit durchgestrichener 18
☢️ Radioaktiv
☣️ Biogefährdung|zeichen
⬆️ Pfeil nach oben|aufwartspfeil norden
↗️ Pfeil nach rechts oben|nordosten
➡️ Pfeil nach rechts|osten rechtspfeil
↘️ Pfeil nach rechts unten|sudosten
⬇️ Pfeil nach unten|abwartspfeil suden
↙️ Pfeil nach links unten
⬅️ Pfeil nach links|linkspfeil westen
↖️ Pfeil nach links oben|nordwesten
↕️ Pfeil nach oben und unten|entgegengesetzt
↔️ Pfeil nach links und rechts|entgegengesetzt
↩️ geschwungener Pfeil nach links
↪️ geschwungener Pfeil nach rechts|umdrehen
⤴️ geschwungener Pfeil nach oben
⤵️ geschwungener Pfeil nach unten
🔃 kreisförmige Pfeile im Uhrzeigersinn
🔄 Pfeile gegen den Uhrzeigersinn|kreisformige
🔙 BACK-Pfeil|links zuruck
🔚 END-Pfeil|ende zeichen links
🔛 ON!-Pfeil|anschalten zeichen einschaltem rechts und links
🔜 SOON-Pfeil|bald zeichen rechts
🔝 TOP-Pfeil|nach oben zeichen
🛐 religiöse Stätte|kultstatte religion
⚛️ Atomzeichen|atheist
🕉️ om|hinduismus religion
✡️ Davidstern|judisch religion
☸️ Dharma-Rad|buddhismus
☯️ Yin und Yang|daoismus religion
✝️ lateinisches Kreuz|christentum religion romisch
☦️ orthodoxes Kreuz|christentum religion
☪️ Hilal und Stern|islam muslim religion
☮️ Friedenszeichen|friedensbewegung friedenssymbol
🕎 Menora|leuchter religion
🔯 Hexagramm mit Punkt|wahrsager
🪯@15 Khanda|deg tegh fateh glaube khalsa emblem religion schwert sikhismus
♈ Widder (Sternzeichen)
♉ Stier (Sternzeichen)|horoskop
♊ Zwillinge (Sternzeichen)|horoskop
♋ Krebs (Sternzeichen)
♌ Löwe (Sternzeichen)|horoskop
♍ Jungfrau (Sternzeichen)|horoskop
♎ Waage (Sternzeichen)|horoskop
♏ Skorpion (Sternzeichen)|horoskop
♐ Schütze (Sternzeichen)
♑ Steinbock (Sternzeichen)
♒ Wassermann (Sternzeichen)
♓ Fische (Sternzeichen)|horoskop
⛎ Schlangenträger|schlagentrager sternbild
🔀 Zufallsmodus|gekreuzt pfeile richtung verschlungene nach rechts
🔁 Wiederholen|im uhrzeigersinn keycap pfeile tastenkappe
🔂 Titel wiederholen|dasselbe einmal im uhrzeigersinn noch pfeile
▶️ Wiedergabe|abspielen dreieck pfeil rechts
⏩ Doppelpfeile nach rechts|uberspringen vorwarts weiter
⏭️ Nächster Titel|doppelpfeil dreieck vorwarts weiter
⏯️ Wiedergabe oder Pause|dreieck pfeil rechts
◀️ Pfeil zurück|dreieck links
⏪ Zurückspulen|doppelpfeile nach links dreieck pfeil vorheriger titel
⏮️ Vorheriger Titel|doppelpfeil dreieck pfeil zuruck
🔼 Aufwärts-Schaltfläche|nach oben pfeil
⏫ Doppelpfeile nach oben|aufwarts doppelt pfeil
🔽 Abwärts-Schaltfläche|nach unten pfeil
⏬ Doppelpfeile nach unten|doppelt abwarts pfeil
⏸️ Pause|keycap streifen tastenkappe vertikal
⏹️ Stopp|aufnahme stoppen keycap quadrat tastenkappe
⏺️ Aufnehmen|aufnahme keycap kreis tastenkappe
⏏️ Auswerfen|auswurftaste medien
🎦 Kinosymbol|filmkamera in blauem quadrat unterhaltung
🔅 Taste Dimmen|gedimmt helligkeit schwache
🔆 Heller-Taste|helligkeit starke
📶 balkenförmige Signalstärkenanzeige|empfang mobilfunksignal mobiltelefon
🛜@15 WLAN|computer drahtlos hotspot internet kabellos netzwerk router verbindung wi fi
📳 Vibrationsmodus|handy kommunikation mobiltelefon symbol fur vibrationsalarm vibrieren
📴 Mobiltelefon aus|ausschalten handy
♀️ Frauensymbol|weiblich zeichen
♂️ Männersymbol|symbol zeichen
⚧️@13 Transgender-Symbol|fur
✖️ mal|abbrechen multiplikationszeichen multiplizieren
➕ plus|addieren mathe pluszeichen
➖ minus|mathe minuszeichen
➗ geteilt durch|divisionszeichen geteiltzeichen mathe
🟰@14 Gleichheitszeichen extrafett|ist mathematik vergleichszeichen
♾️ Unendlichkeit|ewig grenzenlos
‼️ doppeltes Ausrufezeichen|muss rot satzzeichen
⁉️ Ausrufe- und Fragezeichen|ausrufezeichen rot satzzeichen
❓ rotes Fragezeichen|satzzeichen warum wieso
❔ weißes Fragezeichen|satzzeichen warum
❕ weißes Ausrufezeichen|muss satzzeichen
❗ rotes Ausrufezeichen|satzzeichen
〰️ Wellenlinie|gewellt linie
💱 Geldwechsel|wahrung wechsel
💲 Dollarzeichen extrafett|bezahlen zeichen geld knete moneten teuer usd wahrung
⚕️ Äskulapstab|apotheke arznei asklepiosstab medizin
♻️ Recycling-Symbol|punkt gruner
⚜️ Lilie|fleur de lis
🔱 Dreizack|anker poseidon triton
📛 Namensschild|schild
🔰 japanisches Anfänger-Zeichen|symbol
⭕ hohler roter Kreis|grosser
✅ weißes Häkchen|abgehakt erledigt
☑️ abgehaktes Kästchen|abstimmungsfeld mit hakchen ankreuz feld wahlurne
✔️ kräftiges Häkchen|abhaken erledigt fertig haken
❌ Kreuzzeichen|abbrechen durchgestrichen mal multiplikation multiplizieren rotes
❎ angekreuztes Kästchen|feld kreuzsymbol im quadrat
➰ Schleife
➿ Doppelschleife|blau rechteck schleife
〽️ Teilalternationszeichen|japanisch zeichensetzung
✳️ achtzackiger Stern|grun quadrat
✴️ achtstrahliger Stern
❇️ Funkeln|grun quadrat
©️ Copyright
®️ Registered-Trademark|markenzeichen
™️ Markenzeichen|tm trademark
🫟@16 Spritzer|farbe fleck holi klecks tinte
#️⃣ Taste: #
*️⃣ Taste: *
0️⃣ Taste: 0|null
1️⃣ Taste: 1|eins
2️⃣ Taste: 2|zwei
3️⃣ Taste: 3|drei
4️⃣ Taste: 4|vier
5️⃣ Taste: 5|funf
6️⃣ Taste: 6|sechs
7️⃣ Taste: 7|sieben
8️⃣ Taste: 8|acht
9️⃣ Taste: 9|neun
🔟 Taste: 10
🔠 Eingabesymbol lateinische Großbuchstaben|abcd buchstaben grossschreiben
🔡 Eingabesymbol lateinische Kleinbuchstaben
🔢 Eingabesymbol Zahlen|1234 symbol ziffern
🔣 Eingabesymbol Sonderzeichen|keycap symbol tastenkappe
🔤 Eingabesymbol lateinische Buchstaben|abc alphabet symbol
🅰️ Großbuchstabe A in rotem Quadrat|blutgruppe negativ positiv
🆎 Großbuchstaben AB in rotem Quadrat|blutgruppe negativ positiv
🅱️ Großbuchstabe B in rotem Quadrat|blutgruppe negativ positiv
🆑 Großbuchstaben CL in rotem Quadrat
🆒 Wort „Cool“ in blauem Quadrat
🆓 Wort „Free“ in blauem Quadrat
ℹ️ Buchstabe „i“ in blauem Quadrat|information
🆔 Großbuchstaben ID in lila Quadrat
Ⓜ️ Buchstabe „M“ in Kreis|eingekreist grossbuchstabe
🆕 Wort „New“ in blauem Quadrat|neu
🆖 Großbuchstaben NG in blauem Quadrat
🅾️ Großbuchstabe O in rotem Quadrat|blutgruppe negativ positiv
🆗 Großbuchstaben OK in blauem Quadrat|keycap okay tastenkappe
🅿️ Großbuchstabe P in blauem Quadrat|parken parkplatz taste
🆘 SOS-Zeichen|hilfe
🆙 Schriftzug „UP!“ im blauen Quadrat|keycap tastenkappe
🆚 Schriftzug VS in orangem Quadrat|gegen taste versus
🈁 Schriftzeichen „koko“|japanisches
🈂️ Schriftzeichen „sa“|japanisches
🈷️ Schriftzeichen für „Monatsbetrag“|japanisch monatlich mond taste
🈶 Schriftzeichen für „nicht gratis“|berechnen existieren japanisch taste
🈯 Schriftzeichen für „reserviert“|finger japanisches
🉐 Schriftzeichen für „Schnäppchen“|japanisches vorteil
🈹 Schriftzeichen für „Rabatt“|japanisches teilen
🈚 Schriftzeichen für „gratis“|japanisches verhandlung
🈲 Schriftzeichen für „verbieten“|japanisches kanji
🉑 Schriftzeichen für „akzeptieren“|japanisch
🈸 Schriftzeichen für „anwenden“|chinesisches japanisches
🈴 Schriftzeichen für „Note zum Bestehen“|bestanden chinesisches japanisches zusammen
🈳 Schriftzeichen für „Zimmer frei“|chinesisches japanisches leer
㊗️ Schriftzeichen für „Gratulation“|chinesisches japanisches
㊙️ Schriftzeichen für „Geheimnis“|chinesisches japanisches
🈺 Schriftzeichen für „Geöffnet“|betrieb chinesisches japanisches
🈵 Schriftzeichen für „Kein Zimmer frei“|belegt besetzt chinesisches fulle japanisches kanji
🔴 roter Punkt|ball
🟠 oranger Punkt|form kreis scheibe
🟡 gelber Punkt|form scheibe kreis
🟢 grüner Punkt|form scheibe kreis
🔵 blauer Punkt|ball grosser kreis
🟣 lila Punkt|form kreis scheibe violett
🟤 brauner Punkt|scheibe kreis form
⚫ schwarzer Punkt|ball grosser kreis rund
⚪ weißer Punkt|ball grosser kreis
🟥 rotes Quadrat|form viereck
🟧 oranges Quadrat|form viereck
🟨 gelbes Quadrat|form viereck
🟩 grünes Quadrat|form viereck
🟦 blaues Quadrat|viereck form
🟪 lila Quadrat|form viereck violett
🟫 braunes Quadrat|viereck form
⬛ großes schwarzes Quadrat
⬜ großes weißes Quadrat
◼️ mittelgroßes schwarzes Quadrat
◻️ mittelgroßes weißes Quadrat
◾ mittelkleines schwarzes Quadrat
◽ mittelkleines weißes Quadrat|geometrisch
▪️ kleines schwarzes Quadrat|punkt
▫️ kleines weißes Quadrat
🔶 große orangefarbene Raute
🔷 große blaue Raute
🔸 kleine orangefarbene Raute
🔹 kleine blaue Raute
🔺 rotes Dreieck mit der Spitze nach oben|aufwarts
🔻 rotes Dreieck mit der Spitze nach unten|abwarts
💠 Rautenform mit Punkt|diamant
🔘 Optionsfeld|schaltflache
🔳 weiße quadratische Schaltfläche
🔲 schwarze quadratische Schaltfläche
[flags]
🏁 Zielflagge|flagge formel karierte nascar rennen sport
🚩 Wimpel|dreiecksflagge flagge rot standortflagge
🎌 überkreuzte Flaggen|japanische
🏴 schwarze Flagge|fahne wehende
🏳️ weiße Flagge|fahne wehende
🏳️‍🌈 Regenbogenflagge|bisexuell bunt fahne flagge lesbisch lgbtq pride queer schwul trans
🏳️‍⚧️@13 Transgender-Flagge
🏴‍☠️ Piratenflagge|jolly roger piratenfahne schatz
🇦🇨 Flagge: Ascension
🇦🇩 Flagge: Andorra
🇦🇪 Flagge: Vereinigte Arabische Emirate
🇦🇫 Flagge: Afghanistan
🇦🇬 Flagge: Antigua und Barbuda
🇦🇮 Flagge: Anguilla
🇦🇱 Flagge: Albanien
🇦🇲 Flagge: Armenien
🇦🇴 Flagge: Angola
🇦🇶 Flagge: Antarktis
🇦🇷 Flagge: Argentinien
🇦🇸 Flagge: Amerikanisch-Samoa
🇦🇹 Flagge: Österreich
🇦🇺 Flagge: Australien
🇦🇼 Flagge: Aruba
🇦🇽 Flagge: Ålandinseln
🇦🇿 Flagge: Aserbaidschan
🇧🇦 Flagge: Bosnien und Herzegowina
🇧🇧 Flagge: Barbados
🇧🇩 Flagge: Bangladesch
🇧🇪 Flagge: Belgien
🇧🇫 Flagge: Burkina Faso
🇧🇬 Flagge: Bulgarien
🇧🇭 Flagge: Bahrain
🇧🇮 Flagge: Burundi
🇧🇯 Flagge: Benin
🇧🇱 Flagge: St. Barthélemy
🇧🇲 Flagge: Bermuda
🇧🇳 Flagge: Brunei Darussalam
🇧🇴 Flagge: Bolivien
🇧🇶 Flagge: Karibische Niederlande
🇧🇷 Flagge: Brasilien
🇧🇸 Flagge: Bahamas
🇧🇹 Flagge: Bhutan
🇧🇻 Flagge: Bouvetinsel
🇧🇼 Flagge: Botsuana
🇧🇾 Flagge: Belarus
🇧🇿 Flagge: Belize
🇨🇦 Flagge: Kanada
🇨🇨 Flagge: Kokosinseln
🇨🇩 Flagge: Kongo-Kinshasa
🇨🇫 Flagge: Zentralafrikanische Republik
🇨🇬 Flagge: Kongo-Brazzaville
🇨🇭 Flagge: Schweiz
🇨🇮 Flagge: Côte d’Ivoire
🇨🇰 Flagge: Cookinseln
🇨🇱 Flagge: Chile
🇨🇲 Flagge: Kamerun
🇨🇳 Flagge: China
🇨🇴 Flagge: Kolumbien
🇨🇵 Flagge: Clipperton-Insel
🇨🇶@16 Flagge: Sark
🇨🇷 Flagge: Costa Rica
🇨🇺 Flagge: Kuba
🇨🇻 Flagge: Cabo Verde
🇨🇼 Flagge: Curaçao
🇨🇽 Flagge: Weihnachtsinsel
🇨🇾 Flagge: Zypern
🇨🇿 Flagge: Tschechien
🇩🇪 Flagge: Deutschland
🇩🇬 Flagge: Diego Garcia
🇩🇯 Flagge: Dschibuti
🇩🇰 Flagge: Dänemark
🇩🇲 Flagge: Dominica
🇩🇴 Flagge: Dominikanische Republik
🇩🇿 Flagge: Algerien
🇪🇦 Flagge: Ceuta und Melilla
🇪🇨 Flagge: Ecuador
🇪🇪 Flagge: Estland
🇪🇬 Flagge: Ägypten
🇪🇭 Flagge: Westsahara
🇪🇷 Flagge: Eritrea
🇪🇸 Flagge: Spanien
🇪🇹 Flagge: Äthiopien
🇪🇺 Flagge: Europäische Union
🇫🇮 Flagge: Finnland
🇫🇯 Flagge: Fidschi
🇫🇰 Flagge: Falklandinseln
🇫🇲 Flagge: Mikronesien
🇫🇴 Flagge: Färöer
🇫🇷 Flagge: Frankreich
🇬🇦 Flagge: Gabun
🇬🇧 Flagge: Vereinigtes Königreich
🇬🇩 Flagge: Grenada
🇬🇪 Flagge: Georgien
🇬🇫 Flagge: Französisch-Guayana
🇬🇬 Flagge: Guernsey
🇬🇭 Flagge: Ghana
🇬🇮 Flagge: Gibraltar
🇬🇱 Flagge: Grönland
🇬🇲 Flagge: Gambia
🇬🇳 Flagge: Guinea
🇬🇵 Flagge: Guadeloupe
🇬🇶 Flagge: Äquatorialguinea
🇬🇷 Flagge: Griechenland
🇬🇸 Flagge: Südgeorgien und die Südlichen Sandwichinseln
🇬🇹 Flagge: Guatemala
🇬🇺 Flagge: Guam
🇬🇼 Flagge: Guinea-Bissau
🇬🇾 Flagge: Guyana
🇭🇰 Flagge: Sonderverwaltungsregion Hongkong
🇭🇲 Flagge: Heard und McDonaldinseln
🇭🇳 Flagge: Honduras
🇭🇷 Flagge: Kroatien
🇭🇹 Flagge: Haiti
🇭🇺 Flagge: Ungarn
🇮🇨 Flagge: Kanarische Inseln
🇮🇩 Flagge: Indonesien
🇮🇪 Flagge: Irland
🇮🇱 Flagge: Israel
🇮🇲 Flagge: Isle of Man
🇮🇳 Flagge: Indien
🇮🇴 Flagge: Britisches Territorium im Indischen Ozean
🇮🇶 Flagge: Irak
🇮🇷 Flagge: Iran
🇮🇸 Flagge: Island
🇮🇹 Flagge: Italien
🇯🇪 Flagge: Jersey
🇯🇲 Flagge: Jamaika
🇯🇴 Flagge: Jordanien
🇯🇵 Flagge: Japan
🇰🇪 Flagge: Kenia
🇰🇬 Flagge: Kirgisistan
🇰🇭 Flagge: Kambodscha
🇰🇮 Flagge: Kiribati
🇰🇲 Flagge: Komoren
🇰🇳 Flagge: St. Kitts und Nevis
🇰🇵 Flagge: Nordkorea
🇰🇷 Flagge: Südkorea
🇰🇼 Flagge: Kuwait
🇰🇾 Flagge: Kaimaninseln
🇰🇿 Flagge: Kasachstan
🇱🇦 Flagge: Laos
🇱🇧 Flagge: Libanon
🇱🇨 Flagge: St. Lucia
🇱🇮 Flagge: Liechtenstein
🇱🇰 Flagge: Sri Lanka
🇱🇷 Flagge: Liberia
🇱🇸 Flagge: Lesotho
🇱🇹 Flagge: Litauen
🇱🇺 Flagge: Luxemburg
🇱🇻 Flagge: Lettland
🇱🇾 Flagge: Libyen
🇲🇦 Flagge: Marokko
🇲🇨 Flagge: Monaco
🇲🇩 Flagge: Republik Moldau
🇲🇪 Flagge: Montenegro
🇲🇫 Flagge: St. Martin
🇲🇬 Flagge: Madagaskar
🇲🇭 Flagge: Marshallinseln
🇲🇰 Flagge: Nordmazedonien
🇲🇱 Flagge: Mali
🇲🇲 Flagge: Myanmar
🇲🇳 Flagge: Mongolei
🇲🇴 Flagge: Sonderverwaltungsregion Macau
🇲🇵 Flagge: Nördliche Marianen
🇲🇶 Flagge: Martinique
🇲🇷 Flagge: Mauretanien
🇲🇸 Flagge: Montserrat
🇲🇹 Flagge: Malta
🇲🇺 Flagge: Mauritius
🇲🇻 Flagge: Malediven
🇲🇼 Flagge: Malawi
🇲🇽 Flagge: Mexiko
🇲🇾 Flagge: Malaysia
🇲🇿 Flagge: Mosambik
🇳🇦 Flagge: Namibia
🇳🇨 Flagge: Neukaledonien
🇳🇪 Flagge: Niger
🇳🇫 Flagge: Norfolkinsel
🇳🇬 Flagge: Nigeria
🇳🇮 Flagge: Nicaragua
🇳🇱 Flagge: Niederlande
🇳🇴 Flagge: Norwegen
🇳🇵 Flagge: Nepal
🇳🇷 Flagge: Nauru
🇳🇺 Flagge: Niue
🇳🇿 Flagge: Neuseeland
🇴🇲 Flagge: Oman
🇵🇦 Flagge: Panama
🇵🇪 Flagge: Peru
🇵🇫 Flagge: Französisch-Polynesien
🇵🇬 Flagge: Papua-Neuguinea
🇵🇭 Flagge: Philippinen
🇵🇰 Flagge: Pakistan
🇵🇱 Flagge: Polen
🇵🇲 Flagge: St. Pierre und Miquelon
🇵🇳 Flagge: Pitcairninseln
🇵🇷 Flagge: Puerto Rico
🇵🇸 Flagge: Palästinensische Autonomiegebiete
🇵🇹 Flagge: Portugal
🇵🇼 Flagge: Palau
🇵🇾 Flagge: Paraguay
🇶🇦 Flagge: Katar
🇷🇪 Flagge: Réunion
🇷🇴 Flagge: Rumänien
🇷🇸 Flagge: Serbien
🇷🇺 Flagge: Russland
🇷🇼 Flagge: Ruanda
🇸🇦 Flagge: Saudi-Arabien
🇸🇧 Flagge: Salomonen
🇸🇨 Flagge: Seychellen
🇸🇩 Flagge: Sudan
🇸🇪 Flagge: Schweden
🇸🇬 Flagge: Singapur
🇸🇭 Flagge: St. Helena
🇸🇮 Flagge: Slowenien
🇸🇯 Flagge: Spitzbergen und Jan Mayen
🇸🇰 Flagge: Slowakei
🇸🇱 Flagge: Sierra Leone
🇸🇲 Flagge: San Marino
🇸🇳 Flagge: Senegal
🇸🇴 Flagge: Somalia
🇸🇷 Flagge: Suriname
🇸🇸 Flagge: Südsudan
🇸🇹 Flagge: São Tomé und Príncipe
🇸🇻 Flagge: El Salvador
🇸🇽 Flagge: Sint Maarten
🇸🇾 Flagge: Syrien
🇸🇿 Flagge: Eswatini
🇹🇦 Flagge: Tristan da Cunha
🇹🇨 Flagge: Turks- und Caicosinseln
🇹🇩 Flagge: Tschad
🇹🇫 Flagge: Französische Süd- und Antarktisgebiete
🇹🇬 Flagge: Togo
🇹🇭 Flagge: Thailand
🇹🇯 Flagge: Tadschikistan
🇹🇰 Flagge: Tokelau
🇹🇱 Flagge: Timor-Leste
🇹🇲 Flagge: Turkmenistan
🇹🇳 Flagge: Tunesien
🇹🇴 Flagge: Tonga
🇹🇷 Flagge: Türkei
🇹🇹 Flagge: Trinidad und Tobago
🇹🇻 Flagge: Tuvalu
🇹🇼 Flagge: Taiwan
🇹🇿 Flagge: Tansania
🇺🇦 Flagge: Ukraine
🇺🇬 Flagge: Uganda
🇺🇲 Flagge: Amerikanische Überseeinseln
🇺🇳 Flagge: Vereinte Nationen
🇺🇸 Flagge: Vereinigte Staaten
🇺🇾 Flagge: Uruguay
🇺🇿 Flagge: Usbekistan
🇻🇦 Flagge: Vatikanstadt
🇻🇨 Flagge: St. Vincent und die Grenadinen
🇻🇪 Flagge: Venezuela
🇻🇬 Flagge: Britische Jungferninseln
🇻🇮 Flagge: Amerikanische Jungferninseln
🇻🇳 Flagge: Vietnam
🇻🇺 Flagge: Vanuatu
🇼🇫 Flagge: Wallis und Futuna
🇼🇸 Flagge: Samoa
🇽🇰 Flagge: Kosovo
🇾🇪 Flagge: Jemen
🇾🇹 Flagge: Mayotte
🇿🇦 Flagge: Südafrika
🇿🇲 Flagge: Sambia
🇿🇼 Flagge: Simbabwe
🏴󠁧󠁢󠁥󠁮󠁧󠁿 Flagge: England
🏴󠁧󠁢󠁳󠁣󠁴󠁿 Flagge: Schottland
🏴󠁧󠁢󠁷󠁬󠁳󠁿 Flagge: Wales
`;
