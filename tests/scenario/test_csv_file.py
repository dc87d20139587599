from hypothesis import given
from hypothesis import strategies as st

from cupola.scenario.cells import Cell, Findings
from cupola.scenario.csv_file import cells_of_csv


def read(text, table="sites"):
    findings = Findings()
    return cells_of_csv(text, "x.csv", table, findings), findings.problems


def test_comments_and_blank_lines_are_skipped_and_lines_counted():
    rows, problems = read('# a comment with an odd " in it\n\nid,name\n# more\n , \nx,X\n\ny,Y\n')
    assert not problems
    assert rows["x"]["name"] == Cell("X", "x.csv:6") and rows["y"]["name"].where == "x.csv:8"


def test_a_hash_inside_a_quoted_text_is_text():
    rows, problems = read('id,name\nx,"two\n# lines"\ny,Y\n')
    assert not problems
    assert rows["x"]["name"] == Cell("two\n# lines", "x.csv:2") and rows["y"]["name"].where == "x.csv:4"


def test_blank_cells_are_not_given():
    rows, _ = read("id,name,kind\nx,,control\n")
    assert set(rows["x"]) == {"id", "kind"}


def test_a_range_and_a_source_stand_with_their_number():
    rows, problems = read("id,mass,mass_low,mass_high,source,status\nx,5,4,6,book,F\n", "elements")
    assert not problems
    assert rows["x"]["mass"] == Cell("5", "x.csv:2", "4", "6", "", "book", "F")


def test_a_long_table_gives_each_value_its_source():
    text = "id,field,value,low,high,unit,status,source,note\nx,mass,5,4,6,t,F,book,heavy\nx,crewed,no,,,,,,\n"
    rows, problems = read(text, "vehicles")
    assert not problems
    assert rows["x"]["mass"] == Cell("5", "x.csv:2", "4", "6", "t", "book", "F")
    assert rows["x"]["crewed"].text == "no"


def test_mistakes_do_not_stop_the_reading():
    rows, problems = read("id,name\nx\ny,Y,Z\nz,Z\nz,A\n,B\nv,V\n")
    assert set(rows) == {"z", "v"}
    assert [problem.where for problem in problems] == ["x.csv:2", "x.csv:3", "x.csv:5", "x.csv:6"]


def test_quotes_that_do_not_close():
    rows, problems = read('id,name\nx,"X\ny,Y\n')
    assert not rows
    assert problems[0].where == "x.csv:2" and "quotes" in str(problems[0])


def test_headers():
    assert "no header" in str(read("")[1][0])
    assert "no header" in str(read("# only this\n")[1][0])
    assert "twice" in str(read("id,name,name\n")[1][0])
    assert "missing column" in str(read("name,kind\n")[1][0])
    assert "no id" in str(read("id,field,value\nx,name,X\n", "people")[1][0])


def test_people_are_named_by_name_and_day():
    rows, problems = read("name,arrived\nA B,2001-01-01\nA B,2005-01-01\nA B,2005-01-01\n", "people")
    assert list(rows) == ["A B 2001-01-01", "A B 2005-01-01"]
    assert len(problems) == 1


@given(st.text(alphabet='ax,;"\n#\r\t \u2028é0=', max_size=80))
def test_no_text_makes_it_fall(text):
    for head in ("", "id,name\n", "id,field,value\n"):
        read(head + text)
        read(head + text, "people")
