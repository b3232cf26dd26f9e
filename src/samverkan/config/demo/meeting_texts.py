"""What is said in the demo's meetings. No person, no real event."""

from __future__ import annotations

EST_NOTES = (
    (
        "Busstorget återkommer: samlingar sena fredagar och trasiga papperskorgar.\n\n"
        "- Belysningen vid norra gången är släckt.\n- Butiken vill ha en kontaktväg kvällstid.",
        "Byt lampor och röj buskar vid Busstorgets norra gång.",
    ),
    (
        "Biblioteket hade en lugn period. Personalen följer rutinen vid stängning.",
        "Gå kvällsrond vid biblioteket under höstlovet.",
    ),
    (
        "Klotter på skolans baksida. Sanering tog två dagar, en dag för långt.",
        "Sanera klotter inom ett dygn och anteckna tiden.",
    ),
    (
        "Mopeder på gångvägen vid kanalen. Vi ser platsen tillsammans före nästa möte.",
        "Sätt upp bommar vid gångvägens båda ändar.",
    ),
)
COUNCIL_SAID = (
    (
        (
            "statement",
            "Rådet ser skadegörelsen vid Busstorget som det mest angelägna problemet i år.",
            "Problemet har kommit tillbaka tre kvartal i rad.",
        ),
        (
            "recommendation",
            "Parterna bör ha en gemensam kontaktväg kvällar och helger.",
            "Händelser blir liggande till nästa vardag.",
        ),
    ),
    (
        (
            "statement",
            "Rådet ställer sig bakom lägesbilden för våren.",
            "Den bygger på polisens siffror och EST-gruppens rapporter.",
        ),
    ),
)
# (state, function, text, days from today)
COUNCIL_ASSIGNMENTS = (
    ("proposed", "chief", "Utred kostnaden för belysning längs gångvägen.", 30),
    ("accepted", "coordinator", "Ta fram en gemensam kontaktlista för kvällar och helger.", 21),
    ("declined", "chief", "Inför ordningsvakter på torget hela året.", 40),
    ("ongoing", "coordinator", "Följ upp åtgärderna vid Busstorget varje månad.", 60),
    ("ongoing", "coordinator", "Samla förvaltningarnas rutiner mot skadegörelse.", -10),
    ("reported", "coordinator", "Gå igenom otrygga platser tillsammans med bostadsbolaget.", 5),
    ("returned", "coordinator", "Beskriv hur skolans säkerhetsarbete hänger ihop med planen.", 14),
    ("closed", "coordinator", "Beskriv hur kommunen når ut med trygghetsråd.", 0),
)
PAPER = {
    "est": (
        "Planen inför luciahelgen",
        "Förslag till planering inför luciahelgen",
        "Tre platser brukar samla många: torget, skolans gård och sporthallen.\n\n"
        "- Fältgruppen går två rundor.\n- Belysningen kontrolleras dagen före.\n"
        "- Sporthallen håller öppet till 23.",
    ),
    "council": (
        "Uppföljning av åtgärdsplanen",
        "Åtgärdsplanen så här långt",
        "Planen har följts upp per åtgärd. Det som är försenat står först.\n\n"
        "Rådet tar ställning till vad som ska prioriteras nästa år. "
        "Beslut om planen fattas av kommunstyrelsen.",
    ),
}
