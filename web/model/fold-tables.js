/**
 * How search folds single characters. The server folds its index by the same tables: it reads this file
 * (src/log/sqlite/words.rs).
 */

/** What people type, and the letters that are written for it and have no decomposition in Unicode. */
export const LETTERS = `
a ɑᶏᶐⱥ
aa ꜳ
ae æ
ao ꜵ
b ƀƃɓʙᵬᶀꞗ
c ƈȼɕꞓꞔ
d ðđƌȡɖɗᵭᶁᶑꝺꟈ
e ǝɇəɚɛᶒᶓᶕⱸꬴ
f ƒᵮᶂꞙ
g ǥɠɡɣᶃꞡꬶ
h ħɦⱨꞕ
hv ƕ
i ıɨɩᵼᶖ
j ȷɉɟʄʝ
k ĸƙᶄⱪꝁꝃꝅꞣ
l łƚȴɫɬɭʟᴌᶅⱡꝉꞎꬷꬸꬹ
m ɱᵯᶆꬺ
n ŋƞȵɲɳᵰᶇꞑꞥꬻꬼ
o øɔɵᶗⱺꝋꝍꬿ
oe œ
ou ȣ
p ƥᵱᵽᶈꝑꝓꝕ
q ɋʠꝗꝙ
r ɍɼɽɾʀᵲᵳᶉꞧꭆꭉ
s ſȿʂᵴᶊẜẝꞩꟊ
ss ß
t ŧƫƭȶʈᵵⱦ
th þꝥꝧ
u ʉʊᵿᶙꞹꭎꭏꭒ
v ʋᶌⱱⱴꝟꝩ
w ⱳ
x ᶍꭖꭗꭘꭙ
y ƴɏʏỿꭚ
z ƶƺȥɀʐʑʒʓᵶᶎᶚⱬ
σ ς
а ә
г ґғҕӷӻ
ж җ
з ҙ
к қҝҟӄ
л ӆԓԡԯ
м ӎ
н ңӈӊԣԩ
о ө
п ҧԥ
р ҏ
с ҫ
т ҭꚋ
у үұ
х ҳӽӿ
ч ҷҹ
ы ꙑ
ѡ ѽ
һ ԧ
ҽ ҿ
כ ך
מ ם
נ ן
פ ף
צ ץ
ا ٱٲٳݳݴࡰࡱࡲࡳࡴࡵࡶࡷࡸࡹࡺࡻࡼࡽࡾࡿࢀࢁࢂ
ب ݐݑݒݓݔݕݖࢠࢡࢶ
ت ټٽࢸࢿ
ج ࢢࣅࣆ
ح ځڂڅݗݘݮݯݲݼࢊ
د ډڊڋڏڐۮݙݚࢮ
ر ڒړڔڕږڗڙۯݛݫݬݱࢪࢹ
ز ࢲ
س ښڛڜݜݭݰݽݾ
ش ۺ
ص ڝڞࢯ
ض ۻ
ط ڟࢋࢌࢣ
ع ڠݝݞݟࢳ
غ ۼࣃ
ف ڢڣڥݠݡࢤ
ق ڧڨࢥࢵ
ك ػؼکڪګڬڮݢݣݤݿࢍࢴࣂ
ل ڵڶڷڸݪࢦࣇ
م ݥݦࢧ
ن ڹڼڽݧݨݩࢉ
ه ةھہۃەۿ
و ۄۊۏݸݹࢫ
ي ؽؾؿىیۍێېۑےݵݶݷݺݻࢨࢩࢺ
ٹ ࣀ
پ ࢷࢾ
چ ڿࣁ
گ ڰڲڴࢰ
ࢼ ࣄ
`;

/** The zeros of the scripts that have digits of their own, in hexadecimal; one to nine follow each. */
export const ZEROS = `
0660 06f0 07c0 0966 09e6 0a66 0ae6 0b66 0be6 0c66 0ce6 0d66 0de6 0e50 0ed0 0f20 1040 1090 17e0 1810 1946 19d0
1a80 1a90 1b50 1bb0 1c40 1c50 a620 a8d0 a900 a9d0 a9f0 aa50 abf0 104a0 10d30 11066 110f0 11136 111d0 112f0 11450
114d0 11650 116c0 11730 118e0 11950 11c50 11d50 11da0 16a60 16ac0 16b50 1e140 1e2f0 1e950
`;

/**
 * Marks that people leave out when they type (accents, Arabic and Hebrew vowels, the dot of nukta, tatweel) and
 * characters that show nothing (joiners, soft hyphens, variation selectors). Vowels of Indic scripts are no such marks.
 */
export const UNSEEN = `
00ad 0300-036f 0483-0489 0591-05bd 05bf 05c1-05c2 05c4-05c5 05c7 0600-0605 0610-061a 061c 0640 064b-065f 0670
06d6-06dd 06df-06e4 06e7-06e8 06ea-06ed 070f 0711 0730-074a 0890-0891 0898-089f 08ca-08ff 093c 0951-0954 09bc
0a3c 0abc 0b3c 0c3c 0cbc 115f-1160 135d-135f 17b4-17b5 180b-180f 1ab0-1ace 1dc0-1dff 200b-200f 202a-202e
2060-206f 20d0-20f0 2cef-2cf1 2de0-2dff 302a-302d 3164 a66f-a672 a674-a67d a69e-a69f fb1e fe00-fe0f fe20-fe2f
feff ffa0 fff0-fffb 110bd 110cd 13430-13438 1bca0-1bca3 1d173-1d17a e0000-e0fff
`;

/** Characters that are a word each: of scripts that put no spaces between words, and pictures. */
export const UNSPACED = `
0e00-0eff 1000-109f 1780-17ff 2600-27bf 2e80-30ff 31f0-31ff 3400-4dbf 4e00-9fff f900-faff ff66-ff9f 1f000-1faff
20000-3ffff
`;
