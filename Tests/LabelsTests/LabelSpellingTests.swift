import Labels
import Testing

@Suite struct LabelSpellingTests {
    @Test(arguments: [
        ["1", "1.0", " 1 ", "\t1.0\u{A0}", "\u{FEFF}1"], ["-1", "-1.0"], ["0", "-0", "0.0", "-0.0"],
        ["true", "True", "TRUE"], ["caf\u{E9}", "cafe\u{301}", " café "],
        ["12345678901234567890", "12345678901234567890.0"],
    ])
    func oneLabelHasOneCanonicalSpelling(spellings: [String]) {
        #expect(Set(spellings.map(LabelSpelling.canonical)).count == 1)
    }

    /// All of these stay apart, as they would in a column of texts.
    @Test func otherSpellingsAreOtherLabels() {
        let labels = [
            "1", "01", "001", "1.00", "1.5", "1.50", "10", "100", "1e0", "+1", "0x1", "true", "yes", "T", "a",
            "A", "a b", "",
            "9007199254740993", "9007199254740992", "E11.9", "1.10.2", ".0", "-", "∞", "nan", "١",
        ]
        #expect(Set(labels.map(LabelSpelling.canonical)).count == labels.count)
    }

    @Test func perhapsTheSameAreSpellingsOfOneNumber() {
        for spelling in ["1", "01", "001", "1.00", "+1", "1e0", "10e-1", "True", "1."] {
            #expect(LabelSpelling.numericValue(spelling) == "1", "\(spelling)")
        }
        #expect(LabelSpelling.numericValue("0.50") == LabelSpelling.numericValue("5e-1"))
        #expect(LabelSpelling.numericValue("-0.50") != LabelSpelling.numericValue("0.5"))
        #expect(
            LabelSpelling.numericValue("9007199254740993") != LabelSpelling.numericValue("9007199254740992"))
        for spelling in [
            "a", "", "1a", "0x1", "inf", "nan", "1e999999999999", "--1", "1.2.3", "e", ".", "yes",
        ] {
            #expect(LabelSpelling.numericValue(spelling) == nil, "\(spelling)")
        }
    }

    /// scikit-learn's `LabelEncoder`: numbers by size, texts by code point.
    @Test func order() {
        #expect(LabelSpelling.sorted(["10", "5", "-1", "2.5"]) == ["-1", "2.5", "5", "10"])
        #expect(LabelSpelling.sorted(["10", "5", "a"]) == ["10", "5", "a"])
        #expect(LabelSpelling.sorted(["true", "false"]) == ["false", "true"])
        #expect(
            LabelSpelling.sorted(["\u{1F600}", "\u{FF5E}", "b", "B"]) == ["B", "b", "\u{FF5E}", "\u{1F600}"])
    }

    @Test func labelSpacesRefuseTwoSpellingsOfOneLabel() {
        #expect(throws: LabelError.sameLabel("1", "1.0")) {
            try LabelSpace(kind: .binary, names: ["1", "1.0"])
        }
        #expect(throws: LabelError.sameLabel("True", "TRUE")) {
            try LabelSpace(kind: .binary, names: ["True", "TRUE"])
        }
        #expect((try? LabelSpace(kind: .binary, names: ["1", "01"])) != nil)
    }
}

@Suite struct LabelReaderTests {
    @Test func namesComeBeforeNumbersOfNames() {
        let stars = LabelReader(["1", "2", "3", "4", "5"], countsNames: true)
        #expect(["1.0", "5", "05", "3.00"].map(stars.index) == [0, 4, 4, 2])
        #expect(stars.index(of: "0") == nil && stars.index(of: "6") == nil && !stars.readsNumbers)
        let signs = LabelReader(["-1", "0", "1"], countsNames: true)
        #expect(
            ["0.0", "1.0", "-1.0", "+1"].map(signs.index) == [1, 2, 0, 2] && signs.index(of: "2") == nil)
    }

    @Test func numbersOfNames() {
        let words = LabelReader(["anger", "joy", "fear"], countsNames: true)
        #expect(["0", "2.0", "joy", " fear "].map(words.index) == [0, 2, 1, 2])
        #expect(["3", "-1", "0.5", "true", "Joy", ""].map(words.index) == [nil, nil, nil, nil, nil, nil])
        #expect(LabelReader(["ham", "spam"], countsNames: true).index(of: "True") == 1)
        #expect(LabelReader(["ham", "spam"]).index(of: "1") == nil)
    }

    /// Two names that are perhaps the same are told apart by their spelling alone.
    @Test func codesWithLeadingZeros() {
        let codes = LabelReader(["01", "1", "002"])
        #expect(["01", "1", "1.0", "001", "2", "002"].map(codes.index) == [0, 1, 1, nil, 2, 2])
    }

    @Test func caseCountsUnlessAskedOtherwise() {
        #expect(LabelReader(["ham", "spam"]).index(of: "Spam") == nil)
        #expect(LabelReader(["ham", "spam"], ignoresCase: true).index(of: "SPAM") == 1)
        #expect(LabelReader(["very good", "bad"], ignoresCase: true).index(of: "Very-Good") == 0)
    }
}

@Suite struct LabelVocabularyTests {
    private func vocabulary(_ spellings: [String], ignoresCase: Bool = false) -> LabelVocabulary {
        var vocabulary = LabelVocabulary(ignoresCase: ignoresCase)
        for spelling in spellings { _ = vocabulary.code(of: spelling) }
        return vocabulary
    }

    @Test func spellingsMeet() {
        var mixed = vocabulary(["0", "1"])
        #expect(mixed.code(of: "0.0") == 0 && mixed.code(of: "1.0") == 1 && mixed.names == ["0", "1"])
        // Where all agree, the spelling stays.
        #expect(vocabulary(["1.0", "0.0"]).names == ["1.0", "0.0"])
        #expect(vocabulary(["TRUE", "False", "true"]).names == ["true", "False"])
        #expect(vocabulary(["Spam", "spam", "ham"], ignoresCase: true).names == ["Spam", "ham"])
    }

    @Test func undecided() {
        #expect(vocabulary(["1", "2", "01"]).undecided.map { [$0.0, $0.1] } == [0, 2])
        #expect(vocabulary(["0", "1", "True"]).undecided.map { [$0.0, $0.1] } == [1, 2])
        #expect(vocabulary(["true", "0"]).undecided.map { [$0.0, $0.1] } == [0, 1])
        #expect(vocabulary(["01", "02", "10"]).undecided == nil)
        #expect(vocabulary(["1", "1.0", "2"]).undecided == nil)
        #expect(vocabulary(["true", "2"]).undecided == nil)
    }

    @Test func notices() {
        #expect(vocabulary(["ham", "spam"]).notices.isEmpty)
        let notices = vocabulary(["Spam", "spam", "nan"]).notices
        #expect(
            notices.count == 2 && notices[0].contains("'Spam' and 'spam'") && notices[1].contains("[nan]"))
    }
}

@Suite struct LabelListTests {
    @Test(arguments: [
        ("['joy', 'love']", ["joy", "love"]), ("[\"joy\", \"love\"]", ["joy", "love"]), ("['joy']", ["joy"]),
        ("('joy',)", ["joy"]), ("{'joy', 'love'}", ["joy", "love"]), ("['joy' 'love']", ["joy", "love"]),
        ("['joy'\n 'love']", ["joy", "love"]), ("array(['joy', 'love'], dtype=object)", ["joy", "love"]),
        ("array(['joy'])", ["joy"]), ("[\"it's\", 'say \"no\"', 'it\\'s']", ["it's", "say \"no\"", "it's"]),
        ("[1, 2]", ["1", "2"]), ("[1 2]", ["1", "2"]), ("[1., 2.]", ["1.", "2."]),
        ("[\"caf\\u00e9\", \"\\ud83d\\ude00\"]", ["café", "😀"]), (" ['a, b', 'c|d'] ", ["a, b", "c|d"]),
        ("['joy ', ' love']", ["joy", "love"]),
    ])
    func certainLists(text: String, items: [String]) {
        let list = LabelList(text)
        #expect(list?.items == items && list?.isCertain == true, "\(String(describing: list))")
    }

    @Test(arguments: [
        ("[]", []), ("set()", []), ("[joy, love]", ["joy", "love"]),
        ("[very good, bad]", ["very good", "bad"]),
        ("[unclear]", ["unclear"]), ("[3]", ["3"]),
    ])
    func uncertainLists(text: String, items: [String]) {
        let list = LabelList(text)
        #expect(list?.items == items && list?.isCertain == false, "\(String(describing: list))")
    }

    @Test(arguments: [
        "joy", "", "[", "]", "['joy'", "['joy', 'love", "(see above)", "{a: b}", "[[1, 2], [3]]",
        "['a'] and more",
        "[{\"a\": 1}]", "joy, love", "['joy\\", "[\"\\ud83d\"]", "[,]", "array(", ":-)", "[a]b", "'joy'",
    ])
    func noLists(text: String) {
        #expect(LabelList(text) == nil, "\(String(describing: LabelList(text)))")
    }
}
