package dev.larder.showcase.simlane.domain;

/** What somebody is in a club. */
public enum Role {
  ADMIN,
  MANAGER,
  MEMBER,
  /** Not of the club. */
  VISITOR;

  /** Whether they change teams and members. */
  public boolean manages() {
    return this == ADMIN || this == MANAGER;
  }
}
