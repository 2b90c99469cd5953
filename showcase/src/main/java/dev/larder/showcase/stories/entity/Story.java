package dev.larder.showcase.stories.entity;

import dev.larder.hibernate.InvalidatesTags;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A story, a draft until it is published. A save ends whatever shows it. */
@Entity
@InvalidatesTags("story:{id}")
public class Story {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private @Nullable Long id;

  private long authorId;
  private String title;
  private String body;
  private boolean featured;
  private long viewCount;
  private long likeCount;
  private @Nullable Instant publishedAt;

  @ManyToMany
  @JoinTable(
      name = "story_tag",
      joinColumns = @JoinColumn(name = "story_id"),
      inverseJoinColumns = @JoinColumn(name = "tag_id"))
  private Set<Tag> tags = new LinkedHashSet<>();

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected Story() {}

  /** A draft. */
  public Story(long authorId, String title, String body, Collection<Tag> tags) {
    this.authorId = authorId;
    this.title = title;
    this.body = body;
    this.tags.addAll(tags);
  }

  /** Says something else. */
  public void change(String title, String body, Collection<Tag> tags) {
    this.title = title;
    this.body = body;
    this.tags.retainAll(tags);
    this.tags.addAll(tags);
  }

  /** Lets everybody read it from now on. */
  public void publish(Instant now) {
    publishedAt = now;
  }

  /** Its number; null before it is stored. */
  public @Nullable Long id() {
    return id;
  }

  /** Who wrote it. */
  public long authorId() {
    return authorId;
  }

  /** Its title. */
  public String title() {
    return title;
  }

  /** Its text. */
  public String body() {
    return body;
  }

  /** Its tags. */
  public Set<Tag> tags() {
    return Set.copyOf(tags);
  }

  /** Whether the editors have chosen it. */
  public boolean featured() {
    return featured;
  }

  /** How often it was read. */
  public long viewCount() {
    return viewCount;
  }

  /** How many liked it. */
  public long likeCount() {
    return likeCount;
  }

  /** When it was published; null for a draft. */
  public @Nullable Instant publishedAt() {
    return publishedAt;
  }
}
