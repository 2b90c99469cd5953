package dev.larder.showcase.algoitny.domain;

import dev.larder.hibernate.InvalidatesTags;
import dev.larder.showcase.algoitny.cache.Tags;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A problem of one platform: a draft until it is completed, registered from then on. */
@Entity
@Table(name = "problems")
@InvalidatesTags({Tags.PROBLEM + "{id}", Tags.LISTS, Tags.DRAFTS, Tags.REGISTERED})
public class Problem {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private int id;

  private String platform;
  private String number;
  private String title;
  private int difficulty;
  private String statement;
  private boolean completed;
  private Instant createdAt;
  private Instant updatedAt;

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected Problem() {}

  /** A new one, not saved yet. */
  @SuppressWarnings("NullAway.Init")
  public Problem(String platform, ProblemText text, Instant now) {
    this.platform = platform;
    this.createdAt = now;
    edit(text, now);
  }

  /** Replaces what people can edit. */
  public final void edit(ProblemText text, Instant now) {
    number = text.number();
    title = text.title();
    difficulty = text.difficulty();
    statement = text.statement();
    completed = text.completed();
    updatedAt = now;
  }

  /** The problem's number, in all addresses. */
  public int id() {
    return id;
  }

  /** Where it comes from, such as {@code baekjoon}. */
  public String platform() {
    return platform;
  }

  /** Its number there. */
  public String number() {
    return number;
  }

  /** Its title. */
  public String title() {
    return title;
  }

  /** 1, easy, to 10. */
  public int difficulty() {
    return difficulty;
  }

  /** What is to be solved. */
  public String statement() {
    return statement;
  }

  /** Whether it is registered; a draft otherwise. */
  public boolean completed() {
    return completed;
  }

  /** When it was made. */
  public Instant createdAt() {
    return createdAt;
  }

  /** When it was last edited. */
  public Instant updatedAt() {
    return updatedAt;
  }
}
