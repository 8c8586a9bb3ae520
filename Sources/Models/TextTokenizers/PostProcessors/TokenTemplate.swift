/// The signs that are put around a text, or around and between two.
package struct TokenTemplate: Sendable, Equatable {
    /// A special token of the template.
    package struct Sign: Sendable, Equatable {
        package var id: Int32
        package var type: UInt8

        package init(id: Int32, type: UInt8) {
            self.id = id
            self.type = type
        }
    }

    /// Around one text, all of type 0.
    package var before: [Int32] = []
    package var after: [Int32] = []
    package var pair = Pair()

    package struct Pair: Sendable, Equatable {
        package var before: [Sign] = []
        package var firstType: UInt8 = 0
        package var between: [Sign] = []
        package var secondType: UInt8 = 1
        package var after: [Sign] = []

        package init() {}

        var signCount: Int { before.count + between.count + after.count }
    }

    /// No signs.
    package init() {}

    /// One sign before a text and one after each: BERT's `[CLS] a [SEP] b [SEP]`, with types.
    package static func bert(classifier: Int32, separator: Int32) -> TokenTemplate {
        var out = TokenTemplate()
        (out.before, out.after) = ([classifier], [separator])
        out.pair.before = [Sign(id: classifier, type: 0)]
        out.pair.between = [Sign(id: separator, type: 0)]
        out.pair.after = [Sign(id: separator, type: 1)]
        return out
    }

    /// RoBERTa's `<s> a </s></s> b </s>`, without types.
    package static func roberta(classifier: Int32, separator: Int32) -> TokenTemplate {
        var out = TokenTemplate.bert(classifier: classifier, separator: separator)
        let sign = Sign(id: separator, type: 0)
        (out.pair.between, out.pair.secondType, out.pair.after) = ([sign, sign], 0, [sign])
        return out
    }

    func encoding(_ text: [Int32]) -> Encoding {
        let ids = before + text + after
        return Encoding(ids: ids, tokenTypes: [UInt8](repeating: 0, count: ids.count))
    }

    func encoding(_ first: ArraySlice<Int32>, _ second: ArraySlice<Int32>) -> Encoding {
        var out = Encoding(ids: [], tokenTypes: [])
        func add(_ signs: [Sign]) {
            out.ids += signs.map(\.id)
            out.tokenTypes += signs.map(\.type)
        }
        func add(_ text: ArraySlice<Int32>, _ type: UInt8) {
            out.ids += text
            out.tokenTypes += [UInt8](repeating: type, count: text.count)
        }
        add(pair.before)
        add(first, pair.firstType)
        add(pair.between)
        add(second, pair.secondType)
        add(pair.after)
        return out
    }
}
