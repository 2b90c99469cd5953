package dev.larder.showcase.web;

/**
 * Who asks.
 *
 * @param id the user's number, 0 for somebody who is not logged in
 */
public record Viewer(long id) {
  /** Somebody who is not logged in. */
  public static final Viewer NOBODY = new Viewer(0);

  /** Whether somebody is logged in. */
  public boolean isKnown() {
    return id > 0;
  }

  /**
   * The user's number.
   *
   * @throws Refused if nobody is logged in
   */
  public long required() {
    if (!isKnown()) {
      throw Refused.because(Refused.Reason.UNKNOWN_USER, "Nobody is logged in.");
    }
    return id;
  }

  /**
   * Lets only the user itself pass.
   *
   * @throws Refused if this is somebody else, or nobody
   */
  public void mustBe(long user) {
    if (required() != user) {
      throw Refused.because(
          Refused.Reason.FORBIDDEN, "This is for user " + user + " alone, and you are " + id + ".");
    }
  }
}
