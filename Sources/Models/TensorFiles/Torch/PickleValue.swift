/// A value of the pickle of a state dict.
///
/// Containers are numbers of a `PickleHeap`, not values inside each other, so that no file can make a nest too deep to
/// be freed.
enum PickleValue: Sendable {
    case none
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case tuple(Int)
    case list(Int)
    case dictionary(Int)
    case global(PickleGlobal)
    case storage(TorchStorage)
    case tensor(TorchTensor)

    /// What it is, for messages.
    var kind: String {
        switch self {
        case .none: "None"
        case .bool: "a truth value"
        case .integer, .number: "a number"
        case .string: "a string"
        case .tuple: "a tuple"
        case .list: "a list"
        case .dictionary: "a dictionary"
        case .global(let global): global.name
        case .storage: "a storage"
        case .tensor: "a tensor"
        }
    }
}

/// The containers of a pickle, by number.
struct PickleHeap: Sendable {
    /// The items of tuples and lists; of a dictionary, keys and values by turns.
    private(set) var items: [[PickleValue]] = []

    mutating func add(_ values: [PickleValue]) -> Int {
        items.append(values)
        return items.count - 1
    }

    mutating func append(_ values: [PickleValue], to container: Int) { items[container] += values }
}

/// What a pickle may name: the few functions and classes that a state dict is made with. None is called; they are
/// understood.
enum PickleGlobal: Equatable, Sendable {
    case orderedDictionary
    case rebuildTensor
    case rebuildParameter
    case storage(SafetensorsType)

    init?(module: String, name: String) {
        switch "\(module).\(name)" {
        case "collections.OrderedDict": self = .orderedDictionary
        case "torch._utils._rebuild_tensor_v2": self = .rebuildTensor
        case "torch._utils._rebuild_parameter": self = .rebuildParameter
        case "torch.DoubleStorage": self = .storage(.float64)
        case "torch.FloatStorage": self = .storage(.float32)
        case "torch.HalfStorage": self = .storage(.float16)
        case "torch.BFloat16Storage": self = .storage(.bfloat16)
        case "torch.LongStorage": self = .storage(.int64)
        case "torch.IntStorage": self = .storage(.int32)
        case "torch.ShortStorage": self = .storage(.int16)
        case "torch.CharStorage": self = .storage(.int8)
        case "torch.ByteStorage": self = .storage(.uint8)
        case "torch.BoolStorage": self = .storage(.bool)
        default: return nil
        }
    }

    var name: String {
        switch self {
        case .orderedDictionary: "collections.OrderedDict"
        case .rebuildTensor: "torch._utils._rebuild_tensor_v2"
        case .rebuildParameter: "torch._utils._rebuild_parameter"
        case .storage(let type): "a storage of \(type.rawValue)"
        }
    }
}

/// A stretch of elements in a member of the archive.
struct TorchStorage: Equatable, Sendable {
    let type: SafetensorsType
    /// The member's name in `data/`.
    let key: String
    /// Elements.
    let count: Int
}

/// A tensor as a view of a storage.
struct TorchTensor: Equatable, Sendable {
    let storage: TorchStorage
    /// The first element's place in the storage.
    let offset: Int
    let shape: [Int]
    /// In elements. Shape: [sides].
    let strides: [Int]
}
