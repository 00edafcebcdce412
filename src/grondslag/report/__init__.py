"""What a person reads: one accessible page, and the same as PDF.

    model      what a report is made from: released figures, documents, proof
    words      numbers, ranges and keys of ours as a reader sees them
    certainty  the four classes of certainty on a map
    areas      map, interval chart and tables of areas
    funnels    areas of every size against what was expected of them
    expected_dots  few areas as dots beside what was to be expected of them
    findings   severities, and residents beside traffic, as tables
    context    what else was delivered: sentences and a table per source
    months     months beside each other, with their limits
    noisy      counts with noise, and how far off they can be
    anonymity  one page about an anonymous table; _words, _parts and _told hold what it says
    parts      what the answer to one question has and another has not
    traffic    the claim of residents in three, and where it is most certainly worse
    choosing   what could help, and whether there is a case for the prosecutor
    measures   did it work: every way of reckoning, the bare one greyed
    left_out   what was left out of the delivery, by which article
    decided    options and decision
    proof      how to verify it
    page       the page, in the order in which somebody reads
    computed   what each number is called, and by which method it was computed
    downloads  the released tables as files beside the page
    writing    index.html and report.pdf
    assembling a report of a project, every document held against its proof

Numbers come from released figures and nowhere else. May use every room below; opens no data.
"""

from grondslag.report.assembling import report_project
from grondslag.report.model import Proof, ReportInput, Signed
from grondslag.report.page import report_html
from grondslag.report.writing import write_report

__all__ = ["Proof", "ReportInput", "Signed", "report_html", "report_project", "write_report"]
