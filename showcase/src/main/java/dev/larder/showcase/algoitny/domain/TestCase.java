package dev.larder.showcase.algoitny.domain;

import dev.larder.hibernate.InvalidatesTags;
import dev.larder.showcase.algoitny.cache.Tags;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;

/** An input of a problem and the output that solves it. */
@Entity
@Table(name = "test_cases")
@InvalidatesTags({
  Tags.TEST_CASES + "{problem.id}",
  Tags.PROBLEM + "{problem.id}",
  Tags.LISTS,
  Tags.REGISTERED
})
public class TestCase {

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private long id;

  @ManyToOne(fetch = FetchType.LAZY)
  @JoinColumn(name = "problem_id")
  private Problem problem;

  private String input;
  private String output;

  /** For Hibernate. */
  @SuppressWarnings("NullAway.Init")
  protected TestCase() {}

  /** A new one, not saved yet. */
  public TestCase(Problem problem, String input, String output) {
    this.problem = problem;
    this.input = input;
    this.output = output;
  }

  /** Replaces both texts. */
  public void edit(String newInput, String newOutput) {
    input = newInput;
    output = newOutput;
  }

  /** The test case's number. */
  public long id() {
    return id;
  }

  /** What it tests. */
  public Problem problem() {
    return problem;
  }

  /** What the program is given. */
  public String input() {
    return input;
  }

  /** What it has to answer. */
  public String output() {
    return output;
  }
}
