"""QTI 2.1, 2.2 and 3.0: packages and single items."""

from tests.quiz.interfaces.formats.files import (
    QTI_3,
    codes,
    manifest,
    only,
    qti,
    qti_item,
    zipped,
)

MANY = {"cardinality": "multiple", "attributes": 'shuffle="true" maxChoices="0"'}


def test_a_single_item_of_qti_2() -> None:
    item = only(qti(qti_item(before="<p>Xem lịch:</p>")))
    assert item.draft.stem == "Xem lịch:\nMột tuần có mấy ngày?"
    assert item.draft.options == ("Năm ngày", "Bảy ngày")
    assert (item.draft.kind, item.draft.key) == ("single", frozenset({1}))
    assert (item.draft.fixed_order, item.label) == (False, "tuan-1")
    assert (item.confidence, item.evidence[0].text, item.notices) == (100, "B", ())


def test_the_same_item_in_the_words_of_qti_3() -> None:
    text = (
        f'<qti-assessment-item xmlns="{QTI_3}" identifier="tuan-1" title="Tuần" adaptive="false" '
        'time-dependent="false"><qti-response-declaration identifier="RESPONSE" '
        'cardinality="single" base-type="identifier"><qti-correct-response><qti-value>B'
        "</qti-value></qti-correct-response></qti-response-declaration><qti-item-body>"
        '<qti-choice-interaction response-identifier="RESPONSE" shuffle="true" max-choices="1">'
        "<qti-prompt>Một tuần có mấy ngày?</qti-prompt>"
        '<qti-simple-choice identifier="A">Năm ngày</qti-simple-choice>'
        '<qti-simple-choice identifier="B">Bảy ngày</qti-simple-choice>'
        "</qti-choice-interaction></qti-item-body><qti-response-processing template="
        '"https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"/>'
        '<qti-modal-feedback outcome-identifier="F" identifier="f" show-hide="show">'
        "<qti-content-body><p>Bảy.</p></qti-content-body></qti-modal-feedback>"
        "</qti-assessment-item>"
    )
    item = only(qti(text))
    two = only(qti(qti_item(after="<modalFeedback><p>Bảy.</p></modalFeedback>")))
    assert item.draft == two.draft
    assert item.draft.rationale == "Bảy."


def test_version_2_2_is_read_by_its_own_namespace() -> None:
    assert only(qti(qti_item().replace("imsqti_v2p1", "imsqti_v2p2"))).draft.key == {1}


def test_several_answers() -> None:
    correct = "<correctResponse><value>A</value><value>B</value></correctResponse>"
    draft = only(qti(qti_item(correct=correct, **MANY))).draft
    assert (draft.kind, draft.key) == ("multiple", frozenset({0, 1}))


def test_map_response_gives_the_key_by_its_marks() -> None:
    mapping = (
        '<mapping defaultValue="0"><mapEntry mapKey="A" mappedValue="0"/>'
        '<mapEntry mapKey="B" mappedValue="1"/></mapping>'
    )
    item = only(qti(qti_item(correct=mapping, template="map_response")))
    assert (item.draft.key, item.confidence, item.notices) == (frozenset({1}), 100, ())
    partly = mapping.replace('mappedValue="0"', 'mappedValue="0.5"')
    best = only(qti(qti_item(correct=partly, template="map_response")))
    assert best.draft.key == frozenset({1})
    assert codes(best.notices) == ["fractions_left_out"]
    both = only(qti(qti_item(correct=partly, template="map_response", **MANY)))
    assert both.draft.key == frozenset({0, 1})


def test_a_correct_response_that_the_marks_deny_is_told() -> None:
    text = (
        "<correctResponse><value>A</value></correctResponse>"
        '<mapping><mapEntry mapKey="B" mappedValue="1"/></mapping>'
    )
    assert codes(only(qti(qti_item(correct=text, template="map_response"))).notices) == [
        "key_disagrees"
    ]


def test_an_item_that_does_not_shuffle_keeps_its_order() -> None:
    assert only(qti(qti_item(attributes='maxChoices="1"'))).draft.fixed_order
    choices = (
        '<simpleChoice identifier="A">Năm</simpleChoice>'
        '<simpleChoice identifier="B" fixed="true">Bảy</simpleChoice>'
    )
    some = only(qti(qti_item(choices=choices)))
    assert some.draft.fixed_order
    assert codes(some.notices) == ["some_options_fixed"]


def test_true_and_false_are_known_by_their_words() -> None:
    choices = (
        '<simpleChoice identifier="A">Đúng</simpleChoice>'
        '<simpleChoice identifier="B">Sai</simpleChoice>'
    )
    assert only(qti(qti_item(choices=choices))).draft.kind == "true_false"


def test_what_is_written_for_scorers_is_the_rationale_and_for_candidates_the_stem() -> None:
    rubric = '<rubricBlock view="{}"><p>Đọc kỹ.</p></rubricBlock>'
    assert only(qti(qti_item(before=rubric.format("scorer")))).draft.rationale == "Đọc kỹ."
    asked = only(qti(qti_item(before=rubric.format("candidate")))).draft
    assert asked.stem == "Đọc kỹ.\nMột tuần có mấy ngày?"


def test_pictures_and_remarks_inside_options_are_told() -> None:
    choices = (
        '<simpleChoice identifier="A"><img src="anh/a.png" alt="a"/>Năm'
        "<feedbackInline>Nhầm</feedbackInline></simpleChoice>"
        '<simpleChoice identifier="B">Bảy</simpleChoice>'
    )
    item = only(qti(qti_item(choices=choices)))
    assert item.draft.options == ("Năm", "Bảy")
    assert codes(item.notices) == ["feedback_left_out", "media_left_out"]


def test_an_item_without_a_key_is_a_fault_and_own_scoring_is_told() -> None:
    text = qti_item(correct="")
    assert codes(only(qti(text)).faults) == ["no_key"]
    own = qti_item().replace(
        'rptemplates/match_correct"/>', 'x"><responseCondition/></responseProcessing>'
    )
    assert codes(only(qti(own)).notices) == ["own_scoring"]


def test_a_package_in_the_order_of_its_manifest_with_keywords() -> None:
    lom = (
        '<metadata><lom xmlns="http://ltsc.ieee.org/xsd/LOM"><general><keyword>'
        "<string>Chủ đề: Một cửa</string></keyword></general></lom></metadata>"
    )
    data = zipped(
        {
            "a/1.xml": qti_item(prompt="Một?"),
            "a/2.xml": qti_item(prompt="Hai?"),
            "anh.png": b"\x89PNG",
            "imsmanifest.xml": manifest("a/2.xml", "a/1.xml", metadata=lom),
        }
    )
    reading = qti(data)
    assert [item.draft.stem for item in reading.items] == ["Hai?", "Một?"]
    assert [item.draft.topic for item in reading.items] == ["Một cửa", "Một cửa"]


def test_other_interactions_broken_and_missing_parts_are_named_and_the_rest_goes_on() -> None:
    essay = qti_item().replace("choiceInteraction", "extendedTextInteraction")
    two = qti_item(before=qti_item().partition("<itemBody>")[2].partition("</itemBody>")[0])
    data = zipped(
        {
            "1.xml": essay,
            "2.xml": "<assessmentItem",
            "4.xml": two,
            "5.xml": qti_item(),
            "imsmanifest.xml": manifest("1.xml", "2.xml", "3.xml", "4.xml", "5.xml"),
        }
    )
    reading = qti(data)
    assert len(reading.items) == 1
    assert [(fault.place, fault.code) for fault in reading.skipped] == [
        ("imsmanifest.xml", "missing_part"),
        ("1.xml “Tuần”", "unsupported_type"),
        ("2.xml", "file_damaged"),
        ("4.xml “Tuần”", "unsupported_type"),
    ]
    assert "tự luận (extendedTextInteraction)" in reading.skipped[1].message
