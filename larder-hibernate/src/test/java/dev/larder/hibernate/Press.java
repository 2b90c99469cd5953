package dev.larder.hibernate;

import jakarta.persistence.Embeddable;

/** Who pressed an album. */
@Embeddable
class Press {

  String label;
  String country;

  protected Press() {}

  Press(String label, String country) {
    this.label = label;
    this.country = country;
  }
}
