package dev.larder.showcase.stories.write;

import dev.larder.showcase.stories.cache.Endings;
import dev.larder.showcase.stories.cache.TagQueries;
import dev.larder.showcase.stories.entity.Story;
import dev.larder.showcase.stories.entity.Tag;
import dev.larder.showcase.stories.read.Draft;
import dev.larder.showcase.web.Checks;
import dev.larder.showcase.web.Refused;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Writing and publishing stories. */
@Service
@Transactional
public class StoryWrites {
  private static final int LONGEST_TITLE = 120;
  private static final int LONGEST_BODY = 20_000;
  private static final int MOST_TAGS = 5;

  private final EntityManager entities;
  private final TagQueries tags;
  private final Endings endings;

  StoryWrites(EntityManager entities, TagQueries tags, Endings endings) {
    this.entities = entities;
    this.tags = tags;
    this.endings = endings;
  }

  /**
   * What an author wants a story to be.
   *
   * @param title 1 to 120 characters
   * @param body 1 to 20,000 characters
   * @param tags numbers of at most five tags
   */
  public record Wanted(
      @Nullable String title,
      @Nullable String body,
      @Nullable List<Integer> tags) {}

  private record Checked(String title, String body, List<Tag> tags) {}

  /** Stores a draft and returns its number. */
  public long draft(long author, Wanted wanted) {
    Checked checked = checked(wanted);
    Story story = new Story(author, checked.title(), checked.body(), checked.tags());
    entities.persist(story);
    return Objects.requireNonNull(story.id());
  }

  /** Changes a draft or a published story. */
  public void change(long author, long id, Wanted wanted) {
    Story story = own(author, id);
    Checked checked = checked(wanted);
    story.change(checked.title(), checked.body(), checked.tags());
    if (story.publishedAt() != null) {
      endings.changed();
    }
  }

  /** Publishes a draft; does nothing if it is published. */
  public void publish(long author, long id) {
    Story story = own(author, id);
    if (story.publishedAt() == null) {
      story.publish(Instant.now());
      endings.published(author);
    }
  }

  /** A story of one's own, to be edited. */
  @Transactional(readOnly = true)
  public Draft edited(long author, long id) {
    Story story = own(author, id);
    return new Draft(
        id,
        story.title(),
        story.body(),
        story.tags().stream().map(Tag::id).sorted().toList(),
        story.publishedAt() != null);
  }

  private Story own(long author, long id) {
    Story story = entities.find(Story.class, id);
    if (story == null || (story.authorId() != author && story.publishedAt() == null)) {
      throw Refused.notFound("story", id);
    }
    if (story.authorId() != author) {
      throw Refused.because(Refused.Reason.FORBIDDEN, "This story is somebody else's.");
    }
    return story;
  }

  private Checked checked(Wanted wanted) {
    Checks checks = new Checks();
    String title = checks.text("title", wanted.title(), 1, LONGEST_TITLE);
    String body = checks.text("body", wanted.body(), 1, LONGEST_BODY);
    List<Integer> ids = wanted.tags() == null ? List.of() : wanted.tags();
    List<Tag> found = ids.size() > MOST_TAGS ? List.of() : tags.findAllById(ids);
    if (ids.size() > MOST_TAGS || found.size() != ids.stream().distinct().count()) {
      checks.fault("tags", ids, "the numbers of at most " + MOST_TAGS + " tags");
    }
    checks.done();
    return new Checked(title, body, found);
  }
}
