package dev.larder.showcase.algoitny.source;

import dev.larder.showcase.algoitny.domain.DraftLine;
import dev.larder.showcase.algoitny.domain.Drafts;
import dev.larder.showcase.algoitny.domain.Problem;
import dev.larder.showcase.algoitny.domain.ProblemLine;
import dev.larder.showcase.algoitny.domain.ProblemPage;
import dev.larder.showcase.algoitny.domain.ProblemQuery;
import dev.larder.showcase.algoitny.domain.ProblemStatistics;
import dev.larder.showcase.algoitny.domain.Registered;
import dev.larder.showcase.algoitny.domain.Share;
import dev.larder.showcase.algoitny.domain.TestCaseLine;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Problems, lists of them, and their test cases.
 *
 * <p>Lists ask for their counts as the document's application does, by a join with all test cases that
 * is grouped before it is cut to a page; that is what its 200 ms are, and what its cache is for.
 */
@Component
@Transactional(readOnly = true)
public class ProblemReads {
  private static final String LINES = "select new dev.larder.showcase.algoitny.domain.ProblemLine("
      + "p.id, p.platform, p.number, p.title, p.difficulty, count(t), p.createdAt)"
      + " from Problem p left join TestCase t on t.problem = p where ";
  private static final String NEWEST_FIRST = " group by p.id order by p.createdAt desc, p.id desc";
  private static final String WANTED = "p.completed"
      + " and (:platform = '" + ProblemQuery.EVERY + "' or p.platform = :platform)"
      + " and (:search = '' or lower(p.title) like :pattern escape '!'"
      + " or lower(p.number) like :pattern escape '!')";

  private final EntityManager entities;
  private final Clock clock;

  ProblemReads(EntityManager entities, Clock clock) {
    this.entities = entities;
    this.clock = clock;
  }

  /** A page of the registered problems; empty past the last page. */
  public ProblemPage page(ProblemQuery query) {
    long total = about(
            query,
            entities.createQuery("select count(p) from Problem p where " + WANTED, Long.class))
        .getSingleResult();
    List<ProblemLine> lines = about(
            query, entities.createQuery(LINES + WANTED + NEWEST_FIRST, ProblemLine.class))
        .setFirstResult((query.page() - 1) * ProblemQuery.PAGE_SIZE)
        .setMaxResults(ProblemQuery.PAGE_SIZE)
        .getResultList();
    return new ProblemPage(query.page(), Pages.count(total, ProblemQuery.PAGE_SIZE), total, lines);
  }

  private static <T> TypedQuery<T> about(ProblemQuery query, TypedQuery<T> asked) {
    return asked
        .setParameter("platform", query.platform())
        .setParameter("search", query.search())
        .setParameter("pattern", "%" + query.search().replaceAll("[!%_]", "!$0") + "%");
  }

  /** The registered problems. */
  public Registered registered() {
    return new Registered(
        count(true),
        entities
            .createQuery(LINES + "p.completed" + NEWEST_FIRST, ProblemLine.class)
            .setMaxResults(Registered.MOST)
            .getResultList());
  }

  /** The drafts. */
  public Drafts drafts() {
    return new Drafts(
        count(false),
        entities
            .createQuery(
                "select new dev.larder.showcase.algoitny.domain.DraftLine("
                    + "p.id, p.platform, p.number, p.title, p.difficulty, p.updatedAt)"
                    + " from Problem p where not p.completed order by p.updatedAt desc, p.id desc",
                DraftLine.class)
            .setMaxResults(Drafts.MOST)
            .getResultList());
  }

  private long count(boolean completed) {
    return entities
        .createQuery("select count(p) from Problem p where p.completed = :completed", Long.class)
        .setParameter("completed", completed)
        .getSingleResult();
  }

  /** A problem; its text alone. */
  public Optional<Problem> problem(int id) {
    return Optional.ofNullable(entities.find(Problem.class, id));
  }

  /** The test cases of problems, in order; problems without any have an empty list. */
  public Map<Integer, List<TestCaseLine>> testCases(Collection<Integer> problems) {
    Map<Integer, List<TestCaseLine>> found = new LinkedHashMap<>();
    problems.forEach(problem -> found.put(problem, new ArrayList<>()));
    entities
        .createQuery(
            "select t.problem.id, t.id, t.input, t.output from TestCase t"
                + " where t.problem.id in :problems order by t.id",
            Object[].class)
        .setParameter("problems", problems)
        .getResultList()
        .forEach(row -> found
            .computeIfAbsent((Integer) row[0], none -> new ArrayList<>())
            .add(new TestCaseLine((Long) row[1], (String) row[2], (String) row[3])));
    return found;
  }

  /** What people did with a problem. */
  public ProblemStatistics statistics(int problem) {
    Object[] sums = entities
        .createQuery(
            "select count(h), count(h) filter (where h.passed = h.total),"
                + " count(distinct h.user.id),"
                + " count(distinct case when h.passed = h.total then h.user.id end)"
                + " from SearchHistory h where h.problemId = :problem",
            Object[].class)
        .setParameter("problem", problem)
        .getSingleResult();
    List<Share> languages = entities
        .createQuery(
            "select new dev.larder.showcase.algoitny.domain.Share("
                + "h.language, count(h), count(h) filter (where h.passed = h.total))"
                + " from SearchHistory h where h.problemId = :problem"
                + " group by h.language order by count(h) desc, h.language",
            Share.class)
        .setParameter("problem", problem)
        .getResultList();
    return new ProblemStatistics(
        (Long) sums[0], (Long) sums[1], (Long) sums[2], (Long) sums[3], languages, clock.instant());
  }

  /** The numbers of the registered problems made last. */
  public List<Integer> latest(int most) {
    return entities
        .createQuery(
            "select p.id from Problem p where p.completed order by p.createdAt desc, p.id desc",
            Integer.class)
        .setMaxResults(most)
        .getResultList();
  }
}
