package dev.larder.showcase.stories.cache;

import dev.larder.showcase.stories.read.CommentLine;
import dev.larder.showcase.stories.read.Comments;
import jakarta.persistence.EntityManager;
import org.springframework.stereotype.Repository;

/** The queries of comments. */
@Repository
public class CommentQueries {
  private static final int NEWEST = 50;

  private final EntityManager entities;

  CommentQueries(EntityManager entities) {
    this.entities = entities;
  }

  /** The comments of a story; none for a story that there is not. */
  @CachedCommentQuery(
      value = "comments",
      tags = {"comments:#{#story}", "#{#result.newest().!['profile:' + userId()]}"})
  public Comments comments(long story) {
    long total = entities
        .createQuery("select count(*) from Comment c where c.storyId = :story", Long.class)
        .setParameter("story", story)
        .getSingleResult();
    return new Comments(
        total,
        entities
            .createQuery(
                "select c.id, c.userId, p.displayName, c.text, c.createdAt"
                    + " from Comment c join UserProfile p on p.userId = c.userId"
                    + " where c.storyId = :story order by c.createdAt desc, c.id desc",
                CommentLine.class)
            .setParameter("story", story)
            .setMaxResults(NEWEST)
            .getResultList());
  }
}
