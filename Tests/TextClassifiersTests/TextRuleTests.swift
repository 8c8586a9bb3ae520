import Labels
import Testing
import TextClassifiers

/// Which texts a rule's keywords are found in.
@Suite struct TextRuleTests {
    private func isFound(_ keyword: String, in text: String) throws -> Bool {
        let space = try LabelSpace(kind: .binary, names: ["no", "yes"])
        let model = try RuleListClassifier([TextRule(label: "yes", keywords: [keyword])], otherwise: "no")
            .fit(["a"], .classes([0]), labelSpace: space)
        return model.probabilities(of: [text]).values == [0, 1]
    }

    @Test(arguments: [
        ("good", "Very GOOD!", true), ("good", "goodness", false), ("good", "good_1", false),
        ("not  good", "is not\ngood", true), (":)", "fine:)", false), (":)", "fine :)", true),
        // A sign above a letter, and a vowel in a syllable, are of the word.
        ("cafe", "cafe\u{301} noir", false), ("cafe\u{301}", "cafe\u{301} noir", true),
        ("\u{915}\u{92E}", "\u{915}\u{92E}\u{940}", false),
        ("\u{915}\u{92E}", "\u{92F}\u{939} \u{915}\u{92E} \u{939}\u{948}", true),
        // What chooses the look of an emoji is not.
        ("good", "\u{2764}\u{FE0F}good", true),
    ])
    func keywordsAreWholeWords(keyword: String, text: String, isThere: Bool) throws {
        #expect(try isFound(keyword, in: text) == isThere)
    }

    @Test(arguments: ["", " ", "\n\t"]) func aKeywordWithoutAWordIsFoundNowhere(keyword: String) throws {
        for text in ["", "Great!", "a - b"] { #expect(try !isFound(keyword, in: text)) }
    }

    @Test func patternsAreChecked() throws {
        try TextRule(label: "a", keywords: ["("], pattern: "a(b|c)").check()
        #expect(throws: TextClassifierError.badPattern("a(b")) {
            try TextRule(label: "a", pattern: "a(b").check()
        }
    }
}
