"""An attacker who has the whole report folder, knows the rules, and reads our source.

    reading    the folder as they see it: files, tables and sentences of the page
    regions    which rows a published cell is about, and which cells add up to another
    inverting  back from intervals, ratios and expected numbers to the counts behind them
    supposing  what a number that only the page has could be the sum of
    learned    back from estimates that were learned of all areas to the counts they rest on
    attacking  all of that together
    solving    between which limits every withheld count lies, given all of that

They know what the strongest reader knows: areas and denominators are public, and of each withheld
cell whether it is withheld for its own sake. Nothing here uses the room that protects the tables.
"""
