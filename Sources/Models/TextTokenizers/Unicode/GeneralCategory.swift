/// The general category of a code point (The Unicode Standard, section 4.5), as the regular expressions of `tokenizers`
/// know it.
package enum GeneralCategory: UInt8, CaseIterable, Sendable {
    case Lu, Ll, Lt, Lm, Lo, Mn, Mc, Me, Nd, Nl, No, Pc, Pd, Ps, Pe, Pi, Pf, Po, Sm, Sc, Sk, So, Zs, Zl, Zp,
        Cc, Cf
    case Co
    /// Not assigned; also a surrogate, which no text holds.
    case Cn

    /// A set of categories, one bit each.
    package struct Set: OptionSet, Sendable {
        package var rawValue: UInt32
        package init(rawValue: UInt32) { self.rawValue = rawValue }

        init(_ category: GeneralCategory) { rawValue = 1 << UInt32(category.rawValue) }

        static let all = Set(rawValue: 1 << UInt32(GeneralCategory.allCases.count) - 1)

        /// The categories of a name such as `L` or `Nd`, in any case of letters; nil for any other name.
        init?(named name: String) {
            let name = name.lowercased()
            guard name.utf8.count == 1 || name.utf8.count == 2 else { return nil }
            self = []
            for category in GeneralCategory.allCases where "\(category)".lowercased().hasPrefix(name) {
                insert(Set(category))
            }
            if isEmpty { return nil }
        }
    }

    /// The category of every code point.
    static let table = GeneralCategoryTable()

    fileprivate var codePoints: String {
        switch self {
        case .Lu: UnicodeTable.categoryLu
        case .Ll: UnicodeTable.categoryLl
        case .Lt: UnicodeTable.categoryLt
        case .Lm: UnicodeTable.categoryLm
        case .Lo: UnicodeTable.categoryLo
        case .Mn: UnicodeTable.categoryMn
        case .Mc: UnicodeTable.categoryMc
        case .Me: UnicodeTable.categoryMe
        case .Nd: UnicodeTable.categoryNd
        case .Nl: UnicodeTable.categoryNl
        case .No: UnicodeTable.categoryNo
        case .Pc: UnicodeTable.categoryPc
        case .Pd: UnicodeTable.categoryPd
        case .Ps: UnicodeTable.categoryPs
        case .Pe: UnicodeTable.categoryPe
        case .Pi: UnicodeTable.categoryPi
        case .Pf: UnicodeTable.categoryPf
        case .Po: UnicodeTable.categoryPo
        case .Sm: UnicodeTable.categorySm
        case .Sc: UnicodeTable.categorySc
        case .Sk: UnicodeTable.categorySk
        case .So: UnicodeTable.categorySo
        case .Zs: UnicodeTable.categoryZs
        case .Zl: UnicodeTable.categoryZl
        case .Zp: UnicodeTable.categoryZp
        case .Cc: UnicodeTable.categoryCc
        case .Cf: UnicodeTable.categoryCf
        case .Co: UnicodeTable.categoryCo
        case .Cn: ""
        }
    }
}

/// One byte for every code point, in pages of 256; pages with equal contents at their making are one.
struct GeneralCategoryTable: Sendable {
    /// Where the page of a code point begins in `categories`. Shape: [0x110000 / 256].
    private var pageStarts = [Int32](repeating: 0, count: 0x110000 >> 8)
    /// Raw values. Shape: [pages, 256].
    private var categories: [UInt8] = []

    @inline(__always)
    subscript(scalar: UInt32) -> UInt32 {
        1 << UInt32(categories[Int(pageStarts[Int(scalar >> 8)]) + Int(scalar & 0xFF)])
    }

    fileprivate init() {
        var flat = [UInt8](repeating: GeneralCategory.Cn.rawValue, count: 0x110000)
        for category in GeneralCategory.allCases {
            for entry in UnicodeEntries(category.codePoints).entries {
                for scalar in stride(from: entry.first, through: entry.last, by: Int(entry.step)) {
                    flat[Int(scalar)] = category.rawValue
                }
            }
        }
        var known: [ArraySlice<UInt8>: Int32] = [:]
        for page in pageStarts.indices {
            let slice = flat[page << 8..<(page + 1) << 8]
            if let start = known[slice] {
                pageStarts[page] = start
            } else {
                pageStarts[page] = Int32(categories.count)
                known[slice] = pageStarts[page]
                categories += slice
            }
        }
    }
}
