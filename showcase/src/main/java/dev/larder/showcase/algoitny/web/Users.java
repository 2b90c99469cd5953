package dev.larder.showcase.algoitny.web;

import dev.larder.showcase.algoitny.domain.AppUser;
import dev.larder.showcase.algoitny.source.AccountReads;
import dev.larder.showcase.web.Refused;
import dev.larder.showcase.web.Viewer;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Who asks, as a user of AlgoItny. */
@Component
public final class Users {
  private final AccountReads reads;

  Users(AccountReads reads) {
    this.reads = reads;
  }

  /**
   * The number of who is logged in.
   *
   * @throws Refused if nobody is
   */
  public static int id(Viewer viewer) {
    long id = viewer.required();
    if (id > Integer.MAX_VALUE) {
      throw Refused.because(Refused.Reason.UNKNOWN_USER, "There is no user " + id + ".");
    }
    return (int) id;
  }

  /** Who is logged in; empty for nobody, and for a user who is gone. */
  public Optional<AppUser> who(Viewer viewer) {
    return viewer.isKnown() ? reads.user(id(viewer)) : Optional.empty();
  }

  /**
   * Lets administrators pass.
   *
   * @throws Refused if nobody or somebody else is logged in
   */
  public void mustBeAdmin(Viewer viewer) {
    if (!reads.user(id(viewer)).map(AppUser::admin).orElse(false)) {
      throw Refused.because(Refused.Reason.FORBIDDEN, "This is for the administrator.");
    }
  }
}
