"""The release before this one: what upgrades are tested from. Move both on with each release."""

COMMIT = "0968408d657b6a1a468b3c9ac5ca804fc13f6838"  # 0.1.0
MIGRATION = "0012_moved_address"  # its last
