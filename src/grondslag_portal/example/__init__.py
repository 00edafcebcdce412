"""Voorbeeldstad in the portal: seven people, made-up data, projects that are under way.

Only for a portal that has no installation yet: everything in it is marked as an example, and with
its keys nothing but made-up or open data opens. May use every app.
"""
