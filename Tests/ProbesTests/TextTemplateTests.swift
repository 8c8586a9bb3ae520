import Probes
import Testing

@Suite struct TextTemplateTests {
    @Test func everyCombination() throws {
        #expect(
            try TextTemplate("The {room|bed} was {clean|dirty|}.").texts == [
                "The room was clean.", "The room was dirty.", "The room was .", "The bed was clean.",
                "The bed was dirty.", "The bed was .",
            ])
        #expect(try TextTemplate("plain").texts == ["plain"])
        #expect(try TextTemplate.texts(of: ["{a|b}", " ", "c"]) == ["a", "b", "c"])
        #expect(try TextTemplate.texts(of: []) == [])
    }

    @Test(arguments: [
        ("a {b|c", "a '{' without a '}'"), ("b} c", "a '}' without a '{'"), ("{a|{b|c}}", "within braces"),
        ("Hello {name}", "{name} offers no choice"), ("{}", "{} offers no choice"),
    ]) func whatIsNoTemplateIsRefused(template: String, reason: String) {
        let error = #expect(throws: ProbeError.self) { try TextTemplate.texts(of: ["fine", template]) }
        let words = error?.description ?? ""
        #expect(words.hasPrefix("template 2, '\(template)': ") && words.contains(reason), "\(words)")
    }

    @Test func tooManyTextsAreRefused() throws {
        let ten = "{0|1|2|3|4|5|6|7|8|9}"
        let most = String(repeating: ten, count: 4)
        #expect(try TextTemplate.texts(of: [most]).count == 10_000)
        for templates in [[most, "one more"], ["one more", most], [String(repeating: ten, count: 400)]] {
            let error = #expect(throws: ProbeError.self) { try TextTemplate.texts(of: templates) }
            #expect(error == .tooManyTexts(number: templates.count, limit: 10_000))
        }
    }
}
