import Classes
import Foundation
import SettingKeys
import TestSupport
import Testing

/// The keys of a rubric on the page are those of the program.
@Suite struct RubricPageTests {
    @Test func thePageIsUpToDate() throws {
        let page = try String(contentsOf: checkout.appendingPathComponent("docs/class.md"), encoding: .utf8)
        let start = try #require(page.range(of: "<!-- bakeoff help rubric --markdown -->\n\n"))
        let end = try #require(page.range(of: "\n<!-- /rubric -->"))
        #expect(
            String(page[start.upperBound..<end.lowerBound]) == Rubric.reference.markdown(title: "a rubric"),
            "put what 'bakeoff help rubric --markdown' prints in its place")
    }
}
