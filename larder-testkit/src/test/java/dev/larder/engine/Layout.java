package dev.larder.engine;

/** Which tiers a node has. */
enum Layout {
  L1,
  L1_L2,
  L1_L2_DATABASE,
  L1_DATABASE;

  boolean hasL2() {
    return this == L1_L2 || this == L1_L2_DATABASE;
  }

  boolean hasDatabase() {
    return this == L1_DATABASE || this == L1_L2_DATABASE;
  }

  boolean isShared() {
    return this != L1;
  }
}
