package dev.larder.showcase.stories.cache;

import dev.larder.showcase.stories.read.Draft;
import dev.larder.showcase.stories.read.StoryLine;
import dev.larder.showcase.stories.read.StoryText;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Repository;

/** The queries of stories. A list ends with any story or author in it, and with what may join it. */
@Repository
public class StoryQueries {
  private static final String SHOWN = "#{#result.!['story:' + id()]}";
  private static final String SHOWN_AUTHORS = "#{#result.!['profile:' + authorId()]}";

  private static final String LINE = """
      select s.id, s.title, s.authorId, p.displayName, s.viewCount, s.likeCount, s.publishedAt
      from Story s join UserProfile p on p.userId = s.authorId
      where s.publishedAt is not null
      """;

  private static final int FEATURED = 12;
  private static final int OF_AUTHOR = 30;
  private static final int FOUND = 20;

  private final EntityManager entities;

  StoryQueries(EntityManager entities) {
    this.entities = entities;
  }

  /** What the editors have chosen, the newest first. */
  @CachedStoryQuery(
      value = "featured",
      tags = {"featured", SHOWN, SHOWN_AUTHORS})
  public List<StoryLine> featured() {
    return entities
        .createQuery(LINE + " and s.featured order by s.publishedAt desc, s.id", StoryLine.class)
        .setMaxResults(FEATURED)
        .getResultList();
  }

  /**
   * The stories of the highest score.
   *
   * @param limit how many, 1 to 50
   */
  @CachedStoryQuery(
      value = "trending",
      ttl = "trending",
      tags = {"trending", SHOWN, SHOWN_AUTHORS})
  public List<StoryLine> trending(int limit) {
    return entities
        .createQuery(LINE + " order by s.viewCount + s.likeCount * 2 desc, s.id", StoryLine.class)
        .setMaxResults(limit)
        .getResultList();
  }

  /** The published stories of an author, the newest first. */
  @CachedStoryQuery(
      value = "by-author",
      tags = {"author:#{#author}", SHOWN, SHOWN_AUTHORS})
  public List<StoryLine> byAuthor(long author) {
    return entities
        .createQuery(
            LINE + " and s.authorId = :author order by s.publishedAt desc, s.id", StoryLine.class)
        .setParameter("author", author)
        .setMaxResults(OF_AUTHOR)
        .getResultList();
  }

  /** A published story; that there is none is remembered too, until it is published. */
  @CachedStoryQuery(
      value = "story",
      tags = {"story:#{#id}", "#{#result == null ? {} : {'profile:' + #result.line().authorId()}}"})
  public Optional<StoryText> story(long id) {
    List<StoryLine> found = entities
        .createQuery(LINE + " and s.id = :id", StoryLine.class)
        .setParameter("id", id)
        .getResultList();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    String body = "";
    List<String> tags = new ArrayList<>();
    for (Tuple row : entities
        .createQuery(
            "select s.body, t.name from Story s left join s.tags t where s.id = :id order by t.name",
            Tuple.class)
        .setParameter("id", id)
        .getResultList()) {
      body = row.get(0, String.class);
      if (row.get(1) != null) {
        tags.add(row.get(1, String.class));
      }
    }
    return Optional.of(new StoryText(found.get(0), body, tags));
  }

  /** Published stories with all of the words in their titles, the newest first. */
  @CachedStoryQuery(
      value = "search",
      ttl = "search-results",
      tags = {"search", SHOWN, SHOWN_AUTHORS})
  public List<StoryLine> search(String words) {
    return entities
        .createQuery(
            LINE + " and cast(sql('(to_tsvector(''simple'', ?) @@ plainto_tsquery(''simple'', ?))',"
                + " s.title, :words) as Boolean) order by s.publishedAt desc, s.id",
            StoryLine.class)
        .setParameter("words", words)
        .setMaxResults(FOUND)
        .getResultList();
  }

  /** A user's own stories that nobody else sees; read seldom, by one, so not cached. */
  public List<Draft> drafts(long author) {
    return entities
        .createQuery(
            "select s.id, s.title from Story s where s.authorId = :author and s.publishedAt is null"
                + " order by s.id desc",
            Tuple.class)
        .setParameter("author", author)
        .setMaxResults(OF_AUTHOR)
        .getResultList()
        .stream()
        .map(row ->
            new Draft(row.get(0, Long.class), row.get(1, String.class), "", List.of(), false))
        .toList();
  }
}
