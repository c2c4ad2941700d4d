"""Words that tell near languages apart where models waver. Our own lists: small words, and of the
nearest twins (Croatian and its kin, Indonesian and Malay) words that only one of them writes so."""

from __future__ import annotations

from collections.abc import Collection

_MARKS = ".,;:!?…\"'«»„“”‘’()[]{}–—-|/।॥،؛؟"

# By group of near languages of one script. A word may stand in several rows: what counts is which
# row has most of a text's.
_ROWS: tuple[dict[str, str], ...] = (
    {
        "hr": "tko netko nitko svatko tjedan tjedna tjednu siječnja veljače ožujka travnja svibnja "
        "lipnja srpnja kolovoza rujna listopada studenoga studenog prosinca tisuća tisuće tisuću "
        "europa europe europi europska europske europski europskih europskog europskoj europsku "
        "tijekom uvjet uvjeti uvjeta uvjete točno točka točke glazba glazbe glazbeni vlak vlakova "
        "zrakoplov zrakoplova povijest povijesti povijesni tvrtka tvrtke tvrtki sudionik sudionici "
        "sudjeluje sudjelovao sudjelovati priopćenje priopćenju priopćio izvješće izvješća "
        "izvijestio izvijestila ravnatelj veleposlanik veleposlanstvo gospodarstvo gospodarstva "
        "znanost znanstvenici sveučilište sveučilišta mirovina mirovine umirovljenici županija "
        "županije sustav sustava obitelj obitelji djelatnik djelatnici glede putovnica ured "
        "dužnosnik zrak kruh datoteka datoteke zaslon poslužitelj "
        "vrijeme mjesto mjesta mjestu riječ riječi uvijek gdje negdje prije poslije dio cijeli "
        "svijet svijeta svijetu svjetski cijena cijene predsjednik predsjednika predsjednica "
        "nedjelja nedjelju dijete djeca djece primjer vijest vijesti rijeka snijeg htio vidjeti "
        "mjere sjednica uspjeh posljedice sljedeći sljedeće srijeda srijedu ponedjeljak zahtjev "
        "rješenje tijelo zamjenik pobjeda pobjede lijek lijepo vjerojatno vjeruje čovjek čovjeka "
        "također općina općine sigurnost što",
        "bs": "ko neko niko svako sedmica sedmice sedmici januara februara marta aprila maja juna "
        "jula augusta septembra oktobra novembra decembra hiljada hiljade hiljadu evropa evrope "
        "evropi evropska evropske evropski evropskih evropskog evropskoj evropsku tokom uslov "
        "uslovi uslova uslove tačno tačka tačke muzika muzike muzički fudbal fudbaler fudbaleri "
        "voz hljeb historija historije firma firme učesnik učesnici učestvuje učestvovao "
        "saopćenje saopćenju saopćio saopćeno izvještaj izvještaja ambasador ambasade ambasada "
        "privreda privrede nauka naučnici univerzitet univerziteta penzija penzije penzioneri "
        "porodica porodice kancelarija sistem sistema takođe kanton kantona "
        "vrijeme mjesto mjesta mjestu riječ riječi uvijek gdje negdje prije poslije dio cijeli "
        "svijet svijeta svijetu svjetski cijena cijene predsjednik predsjednika predsjednica "
        "nedjelja nedjelju dijete djeca djece primjer vijest vijesti rijeka snijeg htio vidjeti "
        "mjere sjednica uspjeh posljedice sljedeći sljedeće srijeda srijedu ponedjeljak zahtjev "
        "rješenje tijelo zamjenik pobjeda pobjede lijek lijepo vjerovatno vjeruje čovjek čovjeka "
        "također općina općine sigurnost šta",
        "sr": "ko neko niko svako januara februara marta aprila maja juna jula avgusta septembra "
        "oktobra novembra decembra hiljada hiljade hiljadu evropa evrope evropi evropska evropske "
        "evropski evropskih evropskog evropskoj evropsku tokom uslov uslovi uslova uslove tačno "
        "tačka tačke muzika muzike muzički fudbal fudbaler fudbaleri voz hleb istorija istorije "
        "firma firme učesnik učesnici učestvuje učestvovao saopštenje saopštenju saopštio "
        "saopšteno izveštaj izveštaja ambasador ambasade ambasada privreda privrede nauka naučnici "
        "univerzitet univerziteta penzija penzije penzioneri porodica porodice kancelarija sistem "
        "sistema takođe opština opštine opštini bezbednost "
        "vreme mesto mesta mestu reč reči uvek gde negde pre posle deo ceo svet sveta "
        "svetu svetski "
        "cena cene predsednik predsednika predsednica nedelja nedelju dete deca dece primer vest "
        "vesti reka sneg hteo videti mere sednica uspeh posledice sledeći sledeće sreda sredu "
        "ponedeljak zahtev rešenje telo zamenik pobeda pobede lek lepo verovatno veruje čovek "
        "čoveka šta vrednost poslednja poslednji",
    },
    {
        "id": "karena bahwa polisi pemerintah perusahaan rupiah rp uang bisa gubernur kabupaten "
        "mobil kantor jadi soal usai warga presiden ungkap jelang begini saat pria korban bakal "
        "tewas gak nggak banget siswa timnas pelatih pertandingan tim mantan resmi klub ternyata "
        "terkait warganet daerah polres polda tersangka diduga kecelakaan sepak pasar bagian "
        "pemain senin kamis jumat minggu maret juni juli agustus desember provinsi dpr unggah "
        "tampil sebut tanggapan kali usulan pembangunan kini ingin balas ingatkan dicopot foto "
        "cerita obrolan pamer bentrok investor kejutan cedera anggap kembali harus "
        "nomor tanggal berhasil mencoba ditemukan daftar sandi silakan berkas kemarin besok mereka "
        "kesalahan seperti sedangkan televisi kualitas aktivitas nasional internasional jabar "
        "jakarta listrik dugaan kpk tni polri bupati wali",
        "ms": "bahawa kerana ialah polis kerajaan syarikat ringgit rm wang boleh mahkamah tertuduh "
        "sdn bhd datuk datin dato lelaki pelajar pasukan perlawanan jurulatih maut kemalangan ahad "
        "khamis jumaat isnin mac jun julai ogos disember berkata menerusi manakala sahaja didakwa "
        "disyaki suruhanjaya parlimen isteri supaya nak dah awak korang pegawai "
        "berjaya kementerian "
        "tpm pm bekas kes lancar bantuan maklumat pejabat kereta fail "
        "pelayan lalai capaian dijumpai ralat tetapan paparan senarai tetingkap sila hendaklah "
        "wujud baharu cawangan projek tarikh televisyen sekatan pilihanraya aduan "
        "kilang jualan kualiti aktiviti antarabangsa sukan elektrik dakwaan sprm "
        "bomba tunai tambang",
    },
    {
        "hi": "के का की में से को ने है हैं पर और यह नहीं लिए भी हुआ हुए हुई इस एक कर ही तो था थी थे गया "
        "गई करने "
        "बाद साथ किया लेकर मिलेगा होगा रहा रही रहे दी दिया अपने वाले वाली पहले कहा",
        "mr": "आहे आहेत आणि व नाही झाला झाली झाले साठी या केली केले करण्यात यांनी यांच्या येथे होते "
        "होता असून "
        "म्हणून पण ते हे तर मध्ये मी एक करा नव्हते केला दिली दिले त्यांनी आता काय अशी असा",
        "ne": "छ छन् र भने गरेको भएको गर्ने हुने यो पनि लाई गरिएको भयो गरे थियो रहेको छैन हुन्छ लागि "
        "भन्दै बताए",
    },
    {
        "bg": "в във с със е и на от за се ще че не като след са при по до или които който която "
        "което беше бъде няма към да това над си",
        "mk": "во со е и на од за се ќе дека не како по при до или кои кој која што беше биде нема "
        "кон да ова над ги го треба",
        "sr": "у је су и на од за се ће да не као после при по до или који која које није био биће "
        "нема ка ово над са што",
    },
    {
        "ru": "в и на не что с по из за от это как его о для у к до при но ее их а или после под "
        "все был было были со об уже еще над если может",
        "uk": "в у та і й на не що з із зі по за від це як його про для до при але її їх а або "
        "після під всі був було були вже ще буде щоб над якщо може",
        "be": "у і на не што з па за ад гэта як яго пра для да пры але яе іх а або пасля пад усе "
        "быў было былі ужо яшчэ каб над калі можа",
        "bg": "в във с със е и на от за се ще че не като след са при по до или които който която "
        "което беше бъде няма към да това над си",
    },
    {
        "kk": "және мен пен бен үшін бойынша деп жылы болып бір бұл осы туралы кейін дейін емес",
        "ky": "жана менен үчүн боюнча деп жылы болуп бир бул ушул тууралуу кийин чейин эмес болгон",
        "mn": "нь байна болон гэж энэ юм улсын оны бол хийх ба тухай дээр дараа",
        "tg": "ва дар ба аз бо ки барои аст то ин шуд кард як он",
        "uz": "ва бу билан учун деб йил бир бўлган эса ҳам унинг эмас бўйича қилди ўз",
        "tt": "һәм белән өчен дип бу бер буенча турында булган",
        "ru": "в и на не что с по из за от это как его о для у к до при но ее их а или после под",
    },
    {
        "es": "el la los las y en con del por para una un que más su se al lo es no ha sus pero "
        "como este hasta desde sin sobre tras años año muy también está entre de",
        "pt": "o a os as do da dos das no na nos nas em com por para uma um que mais não é seu sua "
        "ao pelo pela são também até após sobre sem foi está ser mas como anos ano já de e",
        "gl": "o a os as do da dos das no na nos nas en con por para unha un que máis non é "
        "seu súa "
        "ao polo pola son tamén ata tras sobre sen foi está ser pero como anos ano xa de e co coa "
        "dende pode á ás",
        "ca": "el la els les i en amb del dels per una un que més no és seu seva al als pel pels "
        "són també fins després sobre sense ha està ser però com anys any ja de aquest aquesta",
    },
    {
        "no": "ikke på og er av å etter mot blir fra til om som seg nå hun han det den en et "
        "ei jeg "
        "vil må kan bare flere mer mye sier mener uten siden også hva hvor hvordan gjør år helt "
        "ble har være ut inn opp hvis noen nye støttet",
        "da": "ikke på og er af at efter mod bliver fra til om som sig nu hun han det den en "
        "et jeg "
        "vil må kan kun flere mere meget siger mener uden siden også hvad hvor hvordan gør år helt "
        "blev har være ud ind op hvis nogle nogen nye",
        "sv": "inte på och är av att efter mot blir från till om som sig nu hon han det den en ett "
        "jag vill måste kan bara flera mer mycket säger menar utan sedan också vad var hur gör år "
        "helt blev har vara ut in upp för eller nya",
    },
    {
        "cs": "je se na v ve že s z ze do pro jsou jako ale od po by který která které není byl "
        "byla jeho jen až při proti také ještě podle před mezi roku aby už bude si co jak",
        "sk": "je sa na v vo že s zo so z do pre sú ako ale od po by ktorý ktorá ktoré nie bol "
        "bola jeho len až pri proti tiež aj ešte podľa pred medzi roku aby už bude si čo",
    },
    {
        "nl": "de het een en van in op is zijn niet met voor te dat die naar bij door om uit ook "
        "wordt aan over na heeft hij ze werd meer jaar",
        "af": "die n en van in op is nie met vir te dat wat na by deur om uit ook word aan "
        "oor het hy sy meer jaar se was hulle ons moet kan",
    },
    {
        "ar": "في من على إلى عن أن مع هذا التي الذي بعد لا ما كان بين خلال قال ان الى",
        "fa": "در از به را که این با است برای آن می ها های شد بر تا یک خود کرد نیست پس شود هم",
        "ur": "کے کا کی میں سے کو نے ہے ہیں پر اور یہ نہیں بھی لیے ایک کہ",
        "ps": "په د او چې کې ته له سره دی ده کړي شوي هم یو دا نه کړ باندې څخه",
        "ckb": "لە بۆ و کە بە ئەو ئەم لەگەڵ دەکات کرد هەر",
    },
)  # fmt: skip
_GROUPS = tuple({tag: frozenset(words.split()) for tag, words in row.items()} for row in _ROWS)


def find_told(text: str, candidates: Collection[str]) -> str | None:
    """The candidate that more of the text's words here belong to than to any other of its
    group; None where none of them tells."""
    words = [word.strip(_MARKS) for word in text.lower().split()]
    for group in _GROUPS:
        scores = sorted(
            (
                (sum(word in group[tag] for word in words), tag)
                for tag in group
                if tag in candidates
            ),
            reverse=True,
        )
        if len(scores) > 1 and scores[0][0] > scores[1][0]:
            return scores[0][1]
    return None
