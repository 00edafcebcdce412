"""Pages about projects.

lists     all projects, one project as a task list
begin     a new project: what we know already, then the first question
answers   a screen with questions, its draft, and the answers of a section
data      datasets: searching, adding, choosing columns
moving    remedies in one click, opening anew, out and in as a folder
"""
