import Foundation

/// What Hugging Face's `datasets` writes of a Parquet file's columns under the key `huggingface`:
/// `{"info": {"features": {"label": {"names": ["sad", "glad"], "_type": "ClassLabel"}}}}`.
package struct HubFeatures {
    private let features: [String: Any]

    /// Nil for a text that is none of that form.
    package init?(_ json: String) {
        guard let root = try? JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any],
            let info = root["info"] as? [String: Any], let features = info["features"] as? [String: Any]
        else { return nil }
        self.features = features
    }

    /// The names of the classes whose numbers a column, or the lists of a column, hold.
    /// - Parameter column: Inside a structure its names joined by `.`.
    package func classNames(of column: String) -> [String]? {
        var feature = features[column]
        if feature == nil {
            feature = features
            for name in column.split(separator: ".") {
                feature = (feature as? [String: Any])?[String(name)]
            }
        }
        return HubFeatures.classNames(feature)
    }

    private static func classNames(_ feature: Any?) -> [String]? {
        guard let feature else { return nil }
        if let list = feature as? [Any] { return list.count == 1 ? classNames(list[0]) : nil }
        guard let feature = feature as? [String: Any] else { return nil }
        if feature["_type"] as? String == "ClassLabel" {
            // Names that are numbers, as some writers leave them, are names all the same.
            let names = (feature["names"] as? [Any])?.map { $0 as? String ?? ($0 as? NSNumber)?.stringValue }
            return names?.isEmpty != false || names?.contains(nil) == true ? nil : names?.compactMap { $0 }
        }
        // `Sequence`, `List` and `LargeList` of something.
        return classNames(feature["feature"])
    }
}
