package dev.larder.spring.session;

import java.util.Objects;

/**
 * One attribute as it is stored.
 *
 * @param type the declared name of its type; the bytes never choose a class
 * @param value its encoded form; not changed by anyone
 */
record StoredAttribute(String type, byte[] value) {

  /** Refuses what bytes from a store may lack. */
  StoredAttribute {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(value, "value");
  }
}
