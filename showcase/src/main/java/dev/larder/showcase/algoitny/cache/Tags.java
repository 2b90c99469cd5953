package dev.larder.showcase.algoitny.cache;

/**
 * What an entry can depend on. The whole invalidation matrix is two columns: a cache carries tags, an
 * entity ends them when it is saved or deleted ({@code @InvalidatesTags}).
 *
 * <pre>
 *                    problem_list  detail:id  test_cases:id  drafts  registered  stats:user  history:user
 * Problem saved      all pages     its own                   yes     yes
 * TestCase saved     all pages     its own    its own                yes
 * SearchHistory                                                                   its own     its own
 * </pre>
 */
public final class Tags {
  /** Every page of the problem list, whatever platform and words. */
  public static final String LISTS = "problem_list";

  /** The detail of one problem. */
  public static final String PROBLEM = "problem:";

  /** The test cases of one problem. */
  public static final String TEST_CASES = "test_cases:";

  /** What people did with one problem; no entity ends it, only its time and people by hand. */
  public static final String STATISTICS = "problem_statistics:";

  /** The list of drafts. */
  public static final String DRAFTS = "problem_drafts";

  /** The list of registered problems. */
  public static final String REGISTERED = "problem_registered";

  /** The statistics of one user. */
  public static final String STATS = "user_stats:";

  /** The pages of one user's history. */
  public static final String HISTORY = "search_history:";

  /** The name of one user. */
  public static final String PERSON = "person:";

  private Tags() {}
}
