package dev.larder.key;

import java.util.List;

/**
 * Where one entry is stored, and the prefixes that cover it.
 *
 * @param slot the name of the slot
 * @param prefixes the slot key cut at each part boundary below the version, shortest first, each
 *     ending in {@code ':'}; empty for a key of one part
 */
public record SlotKey(String slot, List<String> prefixes) {

  /** Copies the list. */
  public SlotKey {
    prefixes = List.copyOf(prefixes);
  }
}
