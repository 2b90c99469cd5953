package dev.larder.showcase.algoitny.source;

import dev.larder.showcase.algoitny.domain.AppUser;
import dev.larder.showcase.algoitny.domain.HistoryPage;
import dev.larder.showcase.algoitny.domain.Share;
import dev.larder.showcase.algoitny.domain.UserStats;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What one user did, and who there is. */
@Component
@Transactional(readOnly = true)
public class AccountReads {
  private static final String OF_USER = " from SearchHistory h where h.user.id = :user";
  private static final String PASSED = "count(h) filter (where h.passed = h.total)";

  private final EntityManager entities;

  AccountReads(EntityManager entities) {
    this.entities = entities;
  }

  /** A user's statistics; all zero for somebody who has tried nothing. */
  public UserStats stats(int user) {
    Object[] sums = of(
            user,
            "select count(h), " + PASSED + ", count(h) filter (where h.codePublic),"
                + " max(h.searchedAt)" + OF_USER,
            Object[].class)
        .getSingleResult();
    return new UserStats(
        user,
        (Long) sums[0],
        (Long) sums[1],
        (Long) sums[2],
        number(user, "select count(distinct h.problemId)" + OF_USER),
        number(user, "select count(distinct h.problemId)" + OF_USER + " and h.passed = h.total"),
        number(user, "select count(distinct cast(h.searchedAt as date))" + OF_USER),
        shares(user, "h.platform"),
        shares(user, "h.language"),
        months(user),
        unsolved(user),
        (@Nullable Instant) sums[3]);
  }

  private long number(int user, String query) {
    return of(user, query, Long.class).getSingleResult();
  }

  private List<Share> shares(int user, String by) {
    return of(
            user,
            "select new dev.larder.showcase.algoitny.domain.Share(" + by + ", count(h), " + PASSED
                + ")" + OF_USER + " group by " + by + " order by count(h) desc, " + by,
            Share.class)
        .getResultList();
  }

  private List<Share> months(int user) {
    return of(
            user,
            "select year(h.searchedAt), month(h.searchedAt), count(h), " + PASSED + OF_USER
                + " group by year(h.searchedAt), month(h.searchedAt)"
                + " order by year(h.searchedAt) desc, month(h.searchedAt) desc",
            Object[].class)
        .setMaxResults(12)
        .getResultList()
        .stream()
        .map(row -> new Share(
            String.format("%d-%02d", (Integer) row[0], (Integer) row[1]), (Long) row[2], (Long)
                row[3]))
        .toList();
  }

  private List<String> unsolved(int user) {
    return of(
            user,
            "select max(h.title)" + OF_USER + " group by h.problemId having " + PASSED
                + " = 0 order by count(h) desc, h.problemId",
            String.class)
        .setMaxResults(5)
        .getResultList();
  }

  /** A page of a user's attempts. */
  public HistoryPage history(int user, int page) {
    long total = number(user, "select count(h)" + OF_USER);
    List<HistoryPage.Line> lines = of(
            user,
            "select h.id, h.problemId, h.platform, h.title, h.language, h.passed, h.total,"
                + " h.codePublic, h.searchedAt" + OF_USER
                + " order by h.searchedAt desc, h.id desc",
            HistoryPage.Line.class)
        .setFirstResult((page - 1) * HistoryPage.PAGE_SIZE)
        .setMaxResults(HistoryPage.PAGE_SIZE)
        .getResultList();
    return new HistoryPage(user, page, Pages.count(total, HistoryPage.PAGE_SIZE), total, lines);
  }

  private <T> TypedQuery<T> of(int user, String query, Class<T> type) {
    return entities.createQuery(query, type).setParameter("user", user);
  }

  /** A user by number. */
  public Optional<AppUser> user(int id) {
    return Optional.ofNullable(entities.find(AppUser.class, id));
  }

  /** A user by the name to log in with. */
  public Optional<AppUser> user(String username) {
    return entities
        .createQuery("select u from AppUser u where u.username = :name", AppUser.class)
        .setParameter("name", username)
        .getResultStream()
        .findFirst();
  }

  /** The users who have done something since then, the latest first. */
  public List<Integer> activeSince(Instant since, int most) {
    return entities
        .createQuery(
            "select h.user.id from SearchHistory h where h.searchedAt >= :since"
                + " group by h.user.id order by max(h.searchedAt) desc",
            Integer.class)
        .setParameter("since", since)
        .setMaxResults(most)
        .getResultList();
  }

  /** Administrators, and some users who have done much. */
  public List<AppUser> suggestions(int most) {
    return entities
        .createQuery("select u from AppUser u order by u.admin desc, u.id", AppUser.class)
        .setMaxResults(most)
        .getResultList();
  }
}
