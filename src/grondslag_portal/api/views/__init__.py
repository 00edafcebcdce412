"""The resources of the API.

projects   projects, what the rules say of them, and their plan
begun      a project brought in or opened anew, a decision in draft, the look back
papers     documents of a project, and a project as a folder
delivered  deliveries, analysis, report; advice and approval, to read
datasets   what can be asked for, and its contract
exchange   what stewards tell each other, definitions, differences, who manages what
decided    decisions, and what waits for whom
people     who has which role, and what is missing
seen       what was asked before and learned; what everybody may read
ground     rules of law, the audit chain, the description of the API itself
"""
