"""Energy poverty, from plan to report: the planted truth is found, and what seems worse is not."""

from grondslag.analysis import AreaClass

MORE = (AreaClass.ALMOST_CERTAIN, AreaClass.PROBABLE)


def test_the_neighbourhood_with_leaking_houses_is_found(energie):
    assert energie.verdict("buurt-fair", energie.truth["worse"]) is AreaClass.ALMOST_CERTAIN


def test_the_neighbourhood_that_only_seems_worse_is_not_called_so(energie):
    seeming = energie.truth["seeming"]

    assert energie.verdict("buurt-plain", seeming) is AreaClass.ALMOST_CERTAIN
    assert energie.verdict("buurt-fair", seeming) not in MORE


def test_no_other_neighbourhood_is_called_almost_certain(energie):
    fair = next(one for one in energie.figures if one.id == "buurt-fair")

    called = {
        cell.keys[0]
        for cell in fair.cells
        if energie.verdict("buurt-fair", cell.keys[0]) is AreaClass.ALMOST_CERTAIN
    }
    assert called == {energie.truth["worse"]}


def test_the_reader_finds_the_answer_the_range_and_what_is_not_known(energie):
    page = energie.page

    answer, unknown = page.index('id="answer"'), page.index('id="unknown"')
    assert "Biezenveld" in page[answer:unknown]
    assert "mogelijk" in page[answer:unknown]
    assert "wel vrijwel zeker meer dan te verwachten: Scheepsbuurt" in page[answer:unknown]
    assert "Ze laten niet zien waarom" in page[unknown:]
    assert "Deze buurten lijken slechter, maar dat past bij wie er woont of komt: Bie" in page


def test_no_count_below_ten_stands_anywhere(energie):
    counts = [cell.count for figure in energie.figures for cell in figure.cells]

    assert min(count for count in counts if count is not None) >= 10
    assert any(count is None for count in counts)


def test_the_page_has_a_map_a_funnel_and_a_file_with_the_numbers(energie):
    page = energie.page

    assert 'id="map-buurt' in page
    assert 'id="funnel-buurt' in page
    assert 'href="cijfers/' in page
    assert (energie.folder / "report" / "report.pdf").stat().st_size > 20_000
