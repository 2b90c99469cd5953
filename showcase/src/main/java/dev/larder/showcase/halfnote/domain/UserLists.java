package dev.larder.showcase.halfnote.domain;

import java.util.List;

/**
 * The lists of one user as one kind of reader sees them.
 *
 * @param owner the user's number
 * @param view for whom: the two variants are never mixed
 * @param lists latest change first, at most {@value #MOST}
 */
public record UserLists(long owner, View view, List<AlbumList> lists) {
  /** The most lists shown. */
  public static final int MOST = 30;

  public UserLists {
    lists = List.copyOf(lists);
  }

  /** Who looks. */
  public enum View {
    /** The owner, who sees private lists too. */
    OWNER,
    /** Anybody else. */
    VISITOR;

    /** How a reader sees somebody's lists. */
    public static View of(long reader, long owner) {
      return reader == owner ? OWNER : VISITOR;
    }
  }
}
