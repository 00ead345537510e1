//! The table: each wish, the keys, and what comes of them. The guides stand in `tests/suite/guides`.

use super::play::Part::{Copying, Finding, Keeping, Links, Mouse as ByMouse, OwnWay, Plain, Search, Terminal};
use super::play::Step::{
    Again, Ends, Gives, Hides, Keys, Marks, Mouse, NoColour, OnlyAscii, Resizes, Saves, Screen, Shows, Still, Writes,
};
use super::play::Taken::{No, Yes};
use super::play::{Wish, wish};

const ATELIER: &[&str] = &["atelier.md"];
const ONBOARDING: &[&str] = &["onboarding.md"];
const RUNBOOK: &[&str] = &["runbook.md"];
/// All three.
const FOLDER: &[&str] = &["."];

pub const WISHES: &[Wish] = &[
    wish(Search, "a word is found as one types, without its accents, marked and counted").on(ATELIER).done_by(&[
        Keys("/electricite"),
        Shows("1/2"),
        Marks("électricité"),
    ]),
    wish(Search, "it is found over a line’s end and over markup").on(ATELIER).done_by(&[
        Keys("/comptez les tables"),
        Shows("1/1"),
        Marks("comptez"),
    ]),
    wish(Search, "a straight apostrophe finds a curly one").on(ATELIER).done_by(&[
        Keys("/l'annonce part"),
        Shows("1/1"),
        Marks("L’annonce"),
    ]),
    wish(Search, "n and N go on, round the ends too, which is told").on(ATELIER).done_by(&[
        Keys("/salle\r"),
        Marks("salle"),
        Shows("1/4"),
        Keys("n"),
        Shows("2/4"),
        Keys("nn"),
        Shows("4/4"),
        Keys("n"),
        Shows("repris au début"),
        Keys("N"),
        Shows("repris à la fin"),
    ]),
    wish(Search, "the outline tells how many hits a section has").on(ATELIER).done_by(&[
        Keys("/patience\r"),
        Shows("1/1"),
        Shows("Nos engagements       1"),
    ]),
    wish(Search, "Esc while typing goes back to where one was; afterwards it takes the marks away").on(ATELIER).done_by(&[
        Keys("/verifie"),
        Marks("vérifié"),
        Hides("Un atelier ouvert à tous"),
        Keys("\x1b"),
        Shows("Un atelier ouvert à tous"),
        Hides("1/1"),
        Keys("/verifie\r"),
        Shows("1/1"),
        Keys("\x1b"),
        Hides("1/1"),
        Still("vérifié"),
    ]),
    wish(Search, "earlier searches come back, in the next session too").on(ATELIER).done_by(&[
        Keys("/rallonges\r"),
        Shows("1/1"),
        Again,
        Keys("/\x1b[A"),
        Shows("/ rallonges"),
    ]),
    wish(Search, "re: searches by a regular expression, and tells what is wrong with one").on(ONBOARDING).done_by(&[
        Keys("/re:(jour"),
        Shows("parenthèse ouverte"),
        Keys(" \\d)"),
        Shows("1/4"),
    ]),
    wish(Search, "a capital that is typed counts, and how many hits there are without it is told").on(ATELIER).done_by(&[
        Keys("/atelier"),
        Shows("1/2"),
        Keys("\x15Atelier"),
        Shows("1/1 (+1 approchant)"),
    ]),
    wish(Search, "all guides of a folder are searched as one types, with what stands around the first hit").on(FOLDER).done_by(&[
        Keys("/d'acces"),
        Shows("1 dans 1 guide"),
        Hides("Release runbook"),
        Marks("d’accès"),
    ]),
    wish(Search, "Enter opens a guide at its first hit, n goes on, Backspace comes back to the query, Esc takes it away")
        .on(FOLDER)
        .done_by(&[
            Keys("/salle\r"),
            Shows("1/4"),
            Marks("salle"),
            Keys("n"),
            Shows("2/4"),
            Keys("\x7f"),
            Shows("« salle »"),
            Shows("4 dans 1 guide"),
            Keys("\x1b"),
            Hides("« salle »"),
            Shows("Release"),
        ]),
    wish(Search, "what is nowhere is told").on(RUNBOOK).done_by(&[Keys("/nowhere\r"), Shows("introuvable")]),
    wish(Finding, "/ in the outline leaves the headings that hold what is typed").on(ONBOARDING).done_by(&[
        Keys("1/livrer"),
        Hides("Jour 3 : Lire la docu…"),
        Keys("\r"),
        Shows("Votre première semaine › Jour 4"),
    ]),
    wish(Finding, "/ in the checklist does the same").on(ATELIER).done_by(&[
        Keys("3/rallonges"),
        Hides("Poser le cahier des réparatio…"),
        Keys("\x1b"),
        Shows("Poser le cahier des réparatio…"),
    ]),
    wish(Finding, ": finds an action, tells its key, and does it").on(ATELIER).done_by(&[
        Keys(":theme"),
        Shows("changer de thème"),
        Keys("\r"),
        Shows("thème : jour"),
    ]),
    wish(Finding, ": goes to a heading by a few of its letters").on(ATELIER).done_by(&[
        Keys(":quiadr"),
        Shows("titre"),
        Keys("\r"),
        Shows("ou passez voir"),
    ]),
    wish(Finding, ": goes to a step").on(RUNBOOK).done_by(&[
        Keys(":migrations"),
        Shows("Que faire"),
        Keys("\r"),
        Hides("Que faire"),
        Keys("x"),
        Shows("« Run the migrations » : fait"),
    ]),
    wish(Finding, ": copies a contact, and Ctrl-p is another way to it").on(ONBOARDING).done_by(&[
        Keys("\x10accueil@\r"),
        Gives("wl-copy", "accueil@exemple.fr"),
        Shows("copié : accueil@exemple.fr (wl-copy)"),
    ]),
    wish(Links, "f puts letters on the links, which follow them: here to a place whose name has accents").on(ATELIER).done_by(&[
        Keys("f"),
        Shows("Suivre le lien"),
        Keys("f"),
        Shows("ou passez voir"),
    ]),
    wish(Links, "another guide of the folder opens in place; H, L, Backspace go back and on, and places are kept")
        .on(ATELIER)
        .done_by(&[
            Keys("fj"),
            Shows("Votre première semaine"),
            Keys("]]"),
            Shows("› Jour 2"),
            Keys("H"),
            Shows("Préparer un atelier"),
            Keys("L"),
            Shows("› Jour 2"),
            Keys("\x7f"),
            Shows("Préparer un atelier"),
        ]),
    wish(Links, "a link may name a place in the other guide").on(ATELIER).done_by(&[
        Keys("fd"),
        Shows("Take a backup of the database"),
        Marks("Deploy"),
    ]),
    wish(Links, "a web page is opened by the system after one line that shows where it leads").on(ATELIER).done_by(&[
        Keys("fk"),
        Shows("https://exemple.fr/acces?salle=2"),
        Keys("\r"),
        Gives("xdg-open", "https://exemple.fr/acces?salle=2\n"),
        Hides("Ouvrir ce lien"),
    ]),
    wish(Links, "so is a mail to several people, with its subject").on(ATELIER).done_by(&[
        Keys("Gfj"),
        Shows("mailto:lise@exemple.fr,omar@exemple.fr?subject="),
        Keys("\r"),
        Gives("xdg-open", "mailto:lise@exemple.fr,omar@exemple.fr?subject=Atelier%20de%20mars\n"),
    ]),
    wish(Links, "F copies where a link leads").on(ATELIER).done_by(&[
        Keys("Fk"),
        Gives("wl-copy", "https://exemple.fr/acces?salle=2"),
        Shows("copié : https://exemple.fr/acces?salle=2"),
    ]),
    wish(Copying, "c shows the contacts; y copies the bare addresses").on(ATELIER).done_by(&[
        Keys("cy"),
        Gives("wl-copy", "lise@exemple.fr, omar@exemple.fr"),
        Shows("copié : lise@exemple.fr, omar@exemple.fr (wl-copy)"),
    ]),
    wish(Copying, "Y copies the whole link").on(ATELIER).done_by(&[Keys("cjY"), Gives("wl-copy", "tel:+33472000000")]),
    wish(Copying, "o opens a contact after a question").on(ATELIER).done_by(&[
        Keys("cjjjo"),
        Shows("Ouvrir ce lien"),
        Keys("\r"),
        Gives("xdg-open", "https://exemple.fr/\n"),
    ]),
    wish(Copying, "Q shows a contact as a QR code").on(ATELIER).done_by(&[
        Keys("cQ"),
        Shows("▀▀▀▀▀"),
        Keys("\x1b"),
        Hides("▀▀▀▀▀"),
    ]),
    wish(Copying, "y in the text copies the section being read, as Markdown").on(ATELIER).done_by(&[
        Keys("]]]]y"),
        Gives("wl-copy", JOUR),
        Shows("copié : section « Le jour même » (wl-copy)"),
    ]),
    wish(Copying, "Y in the text copies the block of code, as it is written").on(ATELIER).done_by(&[
        Keys("]]]Y"),
        Gives("wl-copy", CODE),
        Shows("copié : code (sh), 2 lignes (wl-copy)"),
    ]),
    wish(Copying, "over SSH a copy is sent to the terminal, and told as sent").on(ONBOARDING).done_by(&[
        Keys("cy"),
        Writes("\x1b]52;c;YWNjdWVpbEBleGVtcGxlLmZy\x1b\\"),
        Shows("envoyé au terminal : accueil@exemple.fr"),
    ])
    .where_set(&[("SSH_TTY", "/dev/pts/7")]),
    wish(Copying, "where no clipboard is in reach, the address stands alone on the screen, the mouse let go")
        .on(ONBOARDING)
        .where_set(&[("TERM", "linux"), ("WAYLAND_DISPLAY", "")])
        .done_by(&[
            Keys("cy"),
            Hides("Nos engagements"),
            Mouse(No),
            Still("accueil@exemple.fr"),
            Keys("\x1b"),
            Shows("Nos engagements"),
            Mouse(Yes),
        ]),
    wish(Keeping, "an edit of the file shows by itself, and the place is kept").on(ATELIER).done_by(&[
        Keys("]]"),
        Shows("› 2. Trouver"),
        Saves("atelier.md", "Trois suffisent", "Quatre suffisent"),
        Shows("Quatre suffisent"),
        Still("› 2. Trouver"),
    ]),
    wish(Keeping, "R reads the file again when asked").on(RUNBOOK).done_by(&[
        Keys("R"),
        Shows("guide relu : rien n’a changé"),
    ]),
    wish(Keeping, "a guide opens again where one left it").on(ATELIER).done_by(&[
        Keys("]]]"),
        Shows("› 3. Annoncer"),
        Again,
        Shows("› 3. Annoncer"),
    ]),
    wish(Keeping, "what is read stays in sight at every size of the window").on(ATELIER).done_by(&[
        Keys("]]"),
        Shows("› 2. Trouver"),
        Resizes(60, 20),
        Hides("Le jour même"),
        Still("Trois suffisent"),
        Resizes(40, 12),
        Still("Trois suffisent"),
        Resizes(120, 40),
        Shows("Le jour même"),
        Still("› 2. Trouver"),
    ]),
    wish(Keeping, "ticks are there in the next session").on(ATELIER).done_by(&[
        Keys("3x"),
        Shows("étapes 1/7"),
        Again,
        Shows("étapes 1/7"),
    ]),
    wish(OwnWay, "T changes between light and dark").on(ATELIER).done_by(&[
        Keys("T"),
        Shows("thème : jour"),
        Keys("T"),
        Shows("thème : nuit"),
    ]),
    wish(OwnWay, "keys are remapped by the names of actions: footer, help, palette and messages tell the new ones")
        .on(ATELIER)
        .configured(
            "[keys.everywhere]\nmouse = [\"M\"]\nnext-open = [\"ctrl-o\"]\nhelp = [\"W\"]\n[keys.dialog]\nclose = [\"W\"]\n",
        )
        .done_by(&[
            Shows("Ctrl-o à faire"),
            Shows("W aide"),
            Keys("M"),
            Mouse(No),
            Shows("(M : la reprendre)"),
            Keys(":prendre"),
            Shows("prendre ou rendre la souris"),
            Keys("\x1b"),
            Hides("Que faire"),
            Still("Ctrl-o à faire"),
            Keys("W"),
            Shows("Touches"),
            // The last row of the picture: what is above it is drawn too.
            Hides("Ctrl-o à faire"),
            Keys(" "),
            Shows("Ctrl-o "),
            Keys("W"),
            Hides("Touches"),
            Keys("\x0fx"),
            Shows("étapes 1/7"),
        ]),
    wish(OwnWay, "the help is true: a key from its list does what it says").on(ATELIER).done_by(&[
        Keys("?"),
        Shows("montrer le tableau en grand"),
        Keys("qt"),
        Hides("Touches"),
        Shows("clefs plates, démonte-pneu"),
    ]),
    wish(OwnWay, "a key of the file that there is not is told by name and line")
        .on(RUNBOOK)
        .configured("lang = \"fr\"\nwidht = 3\n")
        .done_by(&[Shows("config.toml:2 : clef inconnue « widht »")]),
    wish(OwnWay, "two actions for one key are told")
        .on(RUNBOOK)
        .configured("[keys.text]\ntable = [\"w\"]\nnotes = [\"w\"]\n")
        .done_by(&[Shows("config.toml:3")]),
    wish(OwnWay, "a theme of one’s own has its turn")
        .on(RUNBOOK)
        .configured("[themes.mienne]\nbase = \"day\"\n")
        .done_by(&[Keys("TTTT"), Shows("thème : mienne")]),
    wish(ByMouse, "the wheel scrolls what is under it").on(ATELIER).done_by(&[
        Keys("\x1b[<65;60;20M"),
        Hides("Un atelier ouvert à tous"),
        Keys("\x1b[<64;60;20M"),
        Shows("Un atelier ouvert à tous"),
    ]),
    wish(ByMouse, "a click in the outline goes there").on(ATELIER).done_by(&[
        Keys("\x1b[<0;6;11M\x1b[<0;6;11m"),
        Shows("ou passez voir"),
    ]),
    wish(ByMouse, "a click on a step’s mark ticks it").on(ATELIER).done_by(&[
        Keys("\x1b[<0;88;6M\x1b[<0;88;6m"),
        Shows("étapes 1/7"),
    ]),
    wish(ByMouse, "a click on a link follows it").on(ATELIER).done_by(&[
        Keys("\x1b[<0;45;7M\x1b[<0;45;7m"),
        Shows("Votre première semaine"),
    ]),
    wish(ByMouse, "the scroll bar goes where it is clicked, and can be drawn along").on(ATELIER).done_by(&[
        Keys("\x1b[<0;85;39M"),
        Shows("ou passez voir"),
        Keys("\x1b[<32;85;5M\x1b[<0;85;5m"),
        Shows("Un atelier ouvert à tous"),
    ]),
    wish(ByMouse, "m lets go of it, for the terminal’s own selection, and takes it again").on(ATELIER).done_by(&[
        Mouse(Yes),
        Keys("m"),
        Mouse(No),
        Shows("souris rendue au terminal (m : la reprendre)"),
        Keys("m"),
        Mouse(Yes),
    ]),
    wish(Terminal, "E opens the editor at this line and comes back to it")
        .on(ATELIER)
        .where_set(&[("EDITOR", "vi")])
        .done_by(&[
            Keys("]]]]E"),
            Screen(No),
            Shows("editing"),
            Keys("\r"),
            Gives("vi", "+36\n./atelier.md\n"),
            Screen(Yes),
            Shows("guide relu : rien n’a changé"),
        ]),
    wish(Terminal, "Ctrl-z goes to the shell, and fg brings everything back")
        .on(ATELIER)
        .under("set -m; \"$@\"; echo arrêté; read -r _; fg >/dev/null")
        .done_by(&[
            Keys("\x1a"),
            Screen(No),
            Shows("arrêté"),
            Keys("\r"),
            Screen(Yes),
            Shows("Un atelier ouvert à tous"),
        ]),
    wish(Terminal, "a storm of sizes ends with a picture of the last one").on(ATELIER).done_by(&[
        Resizes(40, 12),
        Resizes(5, 3),
        Resizes(200, 60),
        Resizes(19, 4),
        Shows("fenêtre trop petit"),
        Resizes(60, 20),
        Shows("? aide"),
    ]),
    wish(Terminal, "--ascii draws with ASCII alone").on(&["--ascii", "--lang", "en", "runbook.md"]).done_by(&[
        OnlyAscii,
        Keys("3G"),
        Marks("Thank the team"),
        OnlyAscii,
    ]),
    wish(Terminal, "NO_COLOR takes the colours away; hits and the selected row are told all the same")
        .on(RUNBOOK)
        .where_set(&[("NO_COLOR", "1")])
        .done_by(&[NoColour, Keys("/backup\r"), Marks("backup"), NoColour, Keys("3g"), Marks("Before the release"), NoColour]),
    wish(Terminal, "a terminal that can only print gets the guide printed, and why is told")
        .on(RUNBOOK)
        .where_set(&[("TERM", "dumb")])
        .done_by(&[Ends, Writes("TERM"), Writes("Whoever is on call leads the release.")]),
    wish(Plain, "jalon walk, through a pipe: the next step, tick, note, copy the address, leave")
        .on(&["walk", "atelier.md"])
        .under("printf 'fait\\nnote demander à Zoé\\ncopier 1\\nquitter\\n' | \"$@\"")
        .done_by(&[
            Ends,
            Writes("Étape 1 sur 9, à faire : Réserver la salle"),
            Writes("1. Réserver la salle : fait."),
            Writes("2. Trouver des réparateurs : note ajoutée."),
            Gives("wl-copy", "lise@exemple.fr, omar@exemple.fr"),
        ]),
    wish(Plain, "help in French").on(&["--help"]).done_by(&[Ends, Writes("Usage : jalon [OPTIONS] [GUIDE]")]),
    wish(Plain, "help in English")
        .on(&["--lang", "en", "--help"])
        .done_by(&[Ends, Writes("Usage: jalon [OPTIONS] [GUIDE]")]),
    wish(Plain, "the manual page tells the keys").on(&["man"]).done_by(&[Ends, Writes(".SH \"TOUCHES\"")]),
    wish(Plain, "completions know commands and options")
        .on(&["completions", "bash"])
        .done_by(&[Ends, Writes("--write-boxes"), Writes("unarchive")]),
];

const JOUR: &str = "## Le jour même\n\n- [ ] Ouvrir la salle\n- [ ] Brancher les rallonges\n- [ ] Poser le cahier des \
                    réparations près de l’entrée\n- [ ] Ranger, et rendre la clef";

const CODE: &str = "mail -s \"Atelier samedi\" liste@exemple.fr < annonce.txt\n./affiches --format A3 --copies 20";
