package dev.larder.showcase.algoitny.action;

import dev.larder.showcase.algoitny.domain.Problem;
import dev.larder.showcase.algoitny.domain.ProblemText;
import dev.larder.showcase.algoitny.domain.TestCase;
import dev.larder.showcase.web.Refused;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Creates, edits and deletes problems and their test cases. Who may, is asked before. */
@Component
@Transactional
public class ProblemActions {
  private final EntityManager entities;
  private final Clock clock;

  ProblemActions(EntityManager entities, Clock clock) {
    this.entities = entities;
    this.clock = clock;
  }

  /** A new problem; its number. */
  public int create(String platform, ProblemText text) {
    Problem problem = new Problem(Checked.platform(platform), Checked.text(text), clock.instant());
    entities.persist(problem);
    return problem.id();
  }

  /** Replaces a problem's text. */
  public void edit(int id, ProblemText text) {
    problem(id).edit(Checked.text(text), clock.instant());
  }

  /** Deletes a problem with its test cases. What people tried stays in their history. */
  public void delete(int id) {
    Problem problem = problem(id);
    // One by one: a bulk statement would not say whose test cases ended.
    entities
        .createQuery("select t from TestCase t where t.problem = :problem", TestCase.class)
        .setParameter("problem", problem)
        .getResultList()
        .forEach(entities::remove);
    // The rows go before the problem that they refer to.
    entities.flush();
    entities.remove(problem);
  }

  /** A new test case; its number. */
  public long addTestCase(int problem, @Nullable String input, @Nullable String output) {
    Checked.TestData data = Checked.data(input, output);
    TestCase added = new TestCase(problem(problem), data.input(), data.output());
    entities.persist(added);
    return added.id();
  }

  /** Replaces a test case. */
  public void editTestCase(long id, @Nullable String input, @Nullable String output) {
    Checked.TestData data = Checked.data(input, output);
    testCase(id).edit(data.input(), data.output());
  }

  /** Deletes a test case; the number of its problem. */
  public int deleteTestCase(long id) {
    TestCase found = testCase(id);
    entities.remove(found);
    return found.problem().id();
  }

  private Problem problem(int id) {
    Problem found = entities.find(Problem.class, id);
    if (found == null) {
      throw Refused.notFound("problem", id);
    }
    return found;
  }

  private TestCase testCase(long id) {
    TestCase found = entities.find(TestCase.class, id);
    if (found == null) {
      throw Refused.notFound("test case", id);
    }
    return found;
  }
}
