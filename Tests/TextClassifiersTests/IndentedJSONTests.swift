import TextClassifiers
import TextTokenizers
import Testing

@Suite struct IndentedJSONTests {
    /// Numbers keep their type: 2.0 is no whole number for classes of `transformers` that check.
    @Test func readsAsItWas() throws {
        let text = #"""
            {"b": [2.0, 1e-05, 2, null, true, [], {}], "a": {"10": "x\"\n", "9": 160000.0}, "c": "é/"}
            """#
        let value = try JSONReader.read(Array(text.utf8))
        let written = value.indentedText
        #expect(
            written == #"""
                {
                  "a" : {
                    "10" : "x\"\n",
                    "9" : 160000.0
                  },
                  "b" : [
                    2.0,
                    1e-05,
                    2,
                    null,
                    true,
                    [],
                    {}
                  ],
                  "c" : "é/"
                }
                """#)
        #expect(try JSONReader.read(Array(written.utf8))["b"] == value["b"])
    }
}
