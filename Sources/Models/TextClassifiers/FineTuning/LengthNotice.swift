/// What to tell of a length that is stated and cannot be had.
package func lengthNotice(stated: Int?, positions: Int) -> String? {
    guard let stated, stated > positions else { return nil }
    return
        "max-length is \(stated), but the encoder has \(positions) positions: texts are cut at \(positions) tokens"
}
