package dev.larder.showcase.simlane.cache;

/**
 * What entries depend on, always with an id. Which write ends which of them stands on the entities:
 *
 * <table>
 * <caption>write, tags it ends, what carries them</caption>
 * <tr><th>saved or deleted</th><th>tags</th><th>ends</th></tr>
 * <tr><td>ClubMember</td><td>club:C:members, club:C:stats, user:U:clubs</td>
 *   <td>club_members, member_role, club_stats, user_clubs; fragments of club C; navigation of user U</td></tr>
 * <tr><td>TeamSeat</td><td>club:C:teams, club:C:stats</td><td>club_teams, club_stats</td></tr>
 * <tr><td>RaceEvent</td><td>event:E, club:C:events, club:C:stats</td>
 *   <td>event, club_events, club_stats</td></tr>
 * <tr><td>Participation</td><td>event:E:participation</td>
 *   <td>event_participation, availability_overlap</td></tr>
 * <tr><td>SimProfile</td><td>profile:S:I, profiles_list</td>
 *   <td>profile_detail, profiles_list, searches that found it</td></tr>
 * </table>
 *
 * <p>Pages, fragments and API responses carry the tags of the queries they are made of.
 */
public final class Tags {
  public static final String CLUB = "club:";
  public static final String USER = "user:";
  public static final String EVENT = "event:";
  public static final String PROFILE = "profile:";

  public static final String MEMBERS = ":members";
  public static final String STATS = ":stats";
  public static final String TEAMS = ":teams";
  public static final String EVENTS = ":events";
  public static final String CLUBS = ":clubs";
  public static final String PARTICIPATION = ":participation";

  /** All lists of profiles: any of them may change its order or its names. */
  public static final String PROFILES = "profiles_list";

  private Tags() {}

  /** A profile's. */
  public static String profile(String simulator, String identifier) {
    return PROFILE + simulator + ":" + identifier;
  }
}
