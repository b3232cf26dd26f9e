"""The words of the demo's agreement, commitments and pledges. All invented."""

from __future__ import annotations

from typing import Any

FRAME_TEXTS = {
    "between": (
        "Kommunernas säkerhetssamordnare ersätter varandra vid frånvaro. Gemensamma insatser över "
        "kommungränsen beslutas av de strategiska råden var för sig."
    ),
}
ANNEXES = {
    "1760": {
        "problems": (
            "- Skadegörelse och otrygghet vid Busstorget\n- Samlingar vid Bibliotekets entré"
        ),
        "causes": (
            "Platserna saknar naturlig uppsikt efter klockan 18. Fritidsgården är stängd tre "
            "vardagskvällar i veckan."
        ),
        "goals": (
            "- Färre rapporter från Busstorget än året före, mätt i EST\n"
            "- Andelen som känner sig trygga i centrum ökar till nästa mätning"
        ),
        "contributions": (
            "Kommunen: samordnare, fritidsledare och gata och park.\nPolisen: kommunpolis och "
            "synlig närvaro torsdag till lördag."
        ),
    },
    "1781": {
        "problems": "- Stölder runt Resecentrum\n- Otrygghet i Centrumgallerian",
        "causes": "Många tillfällen och få ögon vid Resecentrum kvällstid.",
        "goals": "- Anmälda cykelstölder vid Resecentrum minskar under perioden",
        "contributions": "Kommunen: trygghetsvärdar. Polisen: riktade pass vid Resecentrum.",
    },
    "1782": {
        "problems": "- Buskörning på Stortorget",
        "causes": "Öppen yta utan hinder, samlingsplats för unga förare.",
        "goals": "- Färre klagomål om buskörning sommartid",
        "contributions": "Kommunen: fysiska hinder. Polisen: trafikkontroller under helger.",
    },
}
# (what is promised, who answers): days from the first January of the agreement.
COMMITMENTS: tuple[tuple[dict[str, Any], tuple[str, str]], ...] = (
    (
        {
            "part": "frame",
            "title": "Gemensam lägesbild varje år",
            "goal": "De tre lägesbilderna läggs samman före mars.",
            "indicator": "Beslutad gemensam lägesbild",
            "days": 800,
            "turn": "fulfil",
            "outcome": "Tre lägesbilder lades samman och gicks igenom i de strategiska råden.",
        },
        ("1760", "coordinator"),
    ),
    (
        {
            "part": "1760",
            "title": "EST-möte varannan vecka",
            "goal": "Minst 20 möten om året.",
            "indicator": "Antal hållna möten",
            "days": 1430,
        },
        ("1760", "coordinator"),
    ),
    (
        {
            "part": "1760",
            "title": "Synlig polis vid Busstorget",
            "goal": "Två kvällspass i veckan under vinterhalvåret.",
            "indicator": "Antal pass, och anmälda skadegörelsebrott",
            "days": 1000,
        },
        ("police", "officer"),
    ),
    (
        {
            "part": "1781",
            "title": "Cykelgarage vid Resecentrum",
            "goal": "Fyrtio låsbara platser.",
            "indicator": "Antal platser",
            "days": 900,
            "turn": "give_up",
            "reason": "Bidraget gick inte att få. Frågan tas upp i nästa åtgärdsplan.",
        },
        ("1781", "coordinator"),
    ),
    (
        {
            "part": "1782",
            "title": "Hinder mot buskörning på Stortorget",
            "goal": "Hinder på plats före sommaren.",
            "indicator": "Klagomål per sommarmånad",
            "days": 1060,
            "turn": "move_date",
            "reason": "Leveransen är försenad till våren.",
        },
        ("1782", "coordinator"),
    ),
)
PLEDGES: tuple[dict[str, Any], ...] = (
    {
        "code": "1760",
        "title": "Tryggare väg till bussen",
        "area": "Busstorget",
        "heard": "Ni har sagt att det är mörkt och ödsligt vid Busstorget efter klockan 18.",
        "promised": (
            "Kommunen lagar trasig belysning inom en vecka. Polisen går förbi torget varje "
            "torsdag, fredag och lördag kväll."
        ),
        "measured_by": "Antal dagar till lagning, antal kvällar med polis på plats",
        "began": 150,
        "days": 240,
        "deeds": (
            "Fyra belysningsstolpar har bytts.",
            "Polisen har varit på plats elva kvällar av tolv.",
            "Buskarna vid busskuren är beskurna.",
        ),
        "end": "promised",
        "result": "",
        "feedback": "",
    },
    {
        "code": "1760",
        "title": "Vuxna på plats vid Badplatsen",
        "area": "Badplatsen",
        "heard": "Ni har sagt att sommarkvällarna blir stökiga.",
        "promised": "Fritidsledare finns vid Badplatsen varje fredag i juli och augusti.",
        "measured_by": "Antal fredagar med fritidsledare på plats",
        "began": 160,
        "days": 70,
        "deeds": ("Fritidsledare var på plats sju fredagar av nio.",),
        "end": "keep_partly",
        "result": "Sju fredagar av nio. Två ställdes in på grund av sjukdom.",
        "feedback": (
            "Vi lovade nio fredagar och var där sju. Två gånger saknades ersättare. Nästa sommar "
            "har vi en ersättare varje vecka."
        ),
    },
    {
        "code": "1760",
        "title": "Fler kvällar på fritidsgården",
        "area": "Centrum",
        "heard": "Unga har sagt att det inte finns något att göra på onsdagar.",
        "promised": "Fritidsgården har öppet på onsdagar till klockan 21.",
        "measured_by": "Antal onsdagar med öppet",
        "began": -40,
        "days": 180,
        "deeds": (),
        "end": "draft",
        "result": "",
        "feedback": "",
    },
    {
        "code": "1781",
        "title": "Lugnare kvällar vid Resecentrum",
        "area": "Resecentrum",
        "heard": "Ni har sagt att väntan på sista bussen känns otrygg.",
        "promised": "Trygghetsvärdar finns vid Resecentrum varje kväll till sista bussen.",
        "measured_by": "Antal kvällar med trygghetsvärd",
        "began": 90,
        "days": 180,
        "deeds": ("Två trygghetsvärdar började i september.",),
        "end": "promised",
        "result": "",
        "feedback": "",
    },
)
