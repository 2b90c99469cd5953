package dev.larder.showcase.halfnote.action;

import dev.larder.showcase.halfnote.domain.ListDetail;
import dev.larder.showcase.web.Checks;
import dev.larder.showcase.web.Refused;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeping lists of albums. Safe for use by many threads; each action is one transaction. */
public final class ListActions {
  /** The longest title. */
  public static final int LONGEST_TITLE = 100;

  /** The longest description. */
  public static final int LONGEST_DESCRIPTION = 500;

  private final JdbcClient jdbc;
  private final Commit commit;

  /** Acts on one database. */
  public ListActions(JdbcClient jdbc, Commit commit) {
    this.jdbc = jdbc;
    this.commit = commit;
  }

  /** Makes an empty list and returns its number. */
  public long create(
      long user, @Nullable String title, @Nullable String description, boolean isPublic) {
    Checks checks = new Checks();
    String name = checks.text("title", title, 1, LONGEST_TITLE);
    String words = checks.text("description", description, 0, LONGEST_DESCRIPTION);
    checks.done();
    return commit.of(changes -> {
      long list = jdbc.sql("INSERT INTO halfnote.lists (user_id, title, description, is_public)"
              + " VALUES (?, ?, ?, ?) RETURNING id")
          .param(user)
          .param(name)
          .param(words)
          .param(isPublic)
          .query(Long.class)
          .single();
      changes.add(new Change.ListChanged(user, list, false, isPublic));
      return list;
    });
  }

  /** Changes parts of an own list; null leaves a part as it is. */
  public void update(
      long user,
      long list,
      @Nullable String title,
      @Nullable String description,
      @Nullable Boolean isPublic) {
    Checks checks = new Checks();
    String name = title == null ? null : checks.text("title", title, 1, LONGEST_TITLE);
    String words = description == null
        ? null
        : checks.text("description", description, 0, LONGEST_DESCRIPTION);
    if (title == null && description == null && isPublic == null) {
      checks.fault("title", "missing", "given, or description or isPublic must be");
    }
    checks.done();
    commit.of(changes -> {
      boolean before = own(user, list);
      jdbc.sql("UPDATE halfnote.lists SET title = coalesce(?::text, title),"
              + " description = coalesce(?::text, description),"
              + " is_public = coalesce(?::boolean, is_public), updated_at = now()"
              + " WHERE id = ?")
          .param(name)
          .param(words)
          .param(isPublic)
          .param(list)
          .update();
      boolean now = isPublic == null ? before : isPublic;
      changes.add(new Change.ListChanged(user, list, before, now));
      return true;
    });
  }

  /** Deletes an own list. */
  public void delete(long user, long list) {
    commit.of(changes -> {
      boolean seen = own(user, list);
      jdbc.sql("DELETE FROM halfnote.lists WHERE id = ?").param(list).update();
      changes.add(new Change.ListChanged(user, list, seen, false));
      return true;
    });
  }

  /**
   * Puts an album at the end of an own list. Adding twice is adding once.
   *
   * @return whether that is new
   * @throws Refused if the list holds {@value ListDetail#MOST_ALBUMS} albums
   */
  public boolean add(long user, long list, long album) {
    return commit.of(changes -> {
      boolean seen = own(user, list);
      ReviewActions.requireAlbum(jdbc, album);
      int size = jdbc.sql("SELECT count(*) FROM halfnote.list_items WHERE list_id = ?")
          .param(list)
          .query(Integer.class)
          .single();
      int added = jdbc.sql("INSERT INTO halfnote.list_items (list_id, album_id, position)"
              + " SELECT ?, ?, coalesce(max(position), 0) + 1"
              + " FROM halfnote.list_items WHERE list_id = ? ON CONFLICT DO NOTHING")
          .param(list)
          .param(album)
          .param(list)
          .update();
      if (added == 1) {
        if (size >= ListDetail.MOST_ALBUMS) {
          throw Refused.because(
              Refused.Reason.CONFLICT,
              "List " + list + " holds " + size + " albums, the most a list can hold.");
        }
        touch(list);
        changes.add(new Change.ListChanged(user, list, seen, seen));
      }
      return added == 1;
    });
  }

  /**
   * Takes an album out of an own list.
   *
   * @return whether it was there
   */
  public boolean remove(long user, long list, long album) {
    return commit.of(changes -> {
      boolean seen = own(user, list);
      int removed = jdbc.sql("DELETE FROM halfnote.list_items WHERE list_id = ? AND album_id = ?")
          .param(list)
          .param(album)
          .update();
      if (removed == 1) {
        touch(list);
        changes.add(new Change.ListChanged(user, list, seen, seen));
      }
      return removed == 1;
    });
  }

  private void touch(long list) {
    jdbc.sql("UPDATE halfnote.lists SET updated_at = now() WHERE id = ?")
        .param(list)
        .update();
  }

  /** Whether a list that belongs to the user is public; locked until the transaction ends. */
  private boolean own(long user, long list) {
    record Found(long owner, boolean isPublic) {}
    Found found = jdbc.sql("SELECT user_id, is_public FROM halfnote.lists WHERE id = ? FOR UPDATE")
        .param(list)
        .query((row, number) -> new Found(row.getLong(1), row.getBoolean(2)))
        .optional()
        .orElseThrow(() -> Refused.notFound("list", list));
    if (found.owner() != user) {
      // Of a private list of somebody else not even the existence is told.
      throw found.isPublic()
          ? Refused.because(Refused.Reason.FORBIDDEN, "List " + list + " belongs to somebody else.")
          : Refused.notFound("list", list);
    }
    return found.isPublic();
  }
}
