package dev.larder.integration;

import java.util.List;

/** A key of two parts, so that the first is a prefix. */
record Place(String region, long id) {

  /** What entries of this key are tagged with. */
  List<String> tags() {
    return List.of("id:" + id, "region:" + region);
  }
}
