package dev.larder.showcase.algoitny.domain;

import dev.larder.hibernate.InvalidatesTags;
import dev.larder.showcase.algoitny.cache.Tags;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;

/**
 * One attempt of a user: a problem looked up and a program run against its test cases. Platform and
 * title are those of that time, so the history of a user depends on no other row.
 */
@Entity
@Table(name = "search_history")
@InvalidatesTags({Tags.STATS + "{user.id}", Tags.HISTORY + "{user.id}"})
public class SearchHistory {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private long id;

  @ManyToOne(fetch = FetchType.LAZY)
  @JoinColumn(name = "user_id")
  private AppUser user;

  private int problemId;
  private String platform;

  @Column(name = "problem_title")
  private String title;

  private String language;
  private int passed;
  private int total;
  private boolean codePublic;
  private Instant searchedAt;

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected SearchHistory() {}

  /** A new one, not saved yet. */
  public SearchHistory(AppUser user, Problem problem, Attempt attempt, Instant now) {
    this.user = user;
    problemId = problem.id();
    platform = problem.platform();
    title = problem.title();
    language = attempt.language();
    passed = attempt.passed();
    total = attempt.total();
    codePublic = attempt.codePublic();
    searchedAt = now;
  }

  /** Shows the program to others, or hides it. */
  public void show(boolean toEverybody) {
    codePublic = toEverybody;
  }

  /** The attempt's number. */
  public long id() {
    return id;
  }

  /** Whose it is. */
  public AppUser user() {
    return user;
  }

  /** Number of the problem, which may be deleted by now. */
  public int problemId() {
    return problemId;
  }

  /** The problem's platform. */
  public String platform() {
    return platform;
  }

  /** The problem's title then. */
  public String title() {
    return title;
  }

  /** What the program is written in. */
  public String language() {
    return language;
  }

  /** How many test cases it passed. */
  public int passed() {
    return passed;
  }

  /** Of how many. */
  public int total() {
    return total;
  }

  /** Whether others may see the program. */
  public boolean codePublic() {
    return codePublic;
  }

  /** When it ran. */
  public Instant searchedAt() {
    return searchedAt;
  }
}
