package dev.larder.showcase.halfnote.domain;

import java.util.List;

/**
 * One list with all its albums. Private lists are for {@code owner} alone; whoever serves this
 * checks {@link AlbumList#isPublic()} on every read.
 *
 * @param list title, description and visibility
 * @param owner whose list
 * @param albums at most {@value #MOST_ALBUMS}, in the owner's order
 */
public record ListDetail(AlbumList list, Person owner, List<Album> albums) {
  /** The most albums a list can hold. */
  public static final int MOST_ALBUMS = 200;

  public ListDetail {
    albums = List.copyOf(albums);
  }

  /** Whether this reader may see the list. */
  public boolean visibleTo(long reader) {
    return list.isPublic() || owner.id() == reader;
  }
}
