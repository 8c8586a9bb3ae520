/// The part of a split that a row belongs to.
public enum Part: String, Codable, CaseIterable, Sendable { case train, validation, test }
