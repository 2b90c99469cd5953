package dev.larder.boottests.query;

import dev.larder.spring.annotation.CachedQuery;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Modifying;
import org.springframework.data.jpa.repository.Query;
import org.springframework.transaction.annotation.Transactional;

/** Cached as the entity says. */
interface Stories extends JpaRepository<Story, Long> {

  List<StoryLine> findByFeaturedTrueOrderById();

  @Query(
      "select new dev.larder.boottests.query.StoryLine(s.id, s.title) from Story s where s.id = ?1")
  Optional<StoryLine> line(Long id);

  @CachedQuery(cache = "featured", ttl = "1h", tags = "front-page")
  long countByFeaturedTrue();

  /** With the time and the tag of the entity. */
  @CachedQuery(cache = "titles")
  @Query("select s.title from Story s order by s.id")
  List<String> titles();

  /** Not cached: an entity belongs to its session. */
  List<Story> findByTitle(String title);

  @Modifying
  @Transactional
  @Query("update Story s set s.featured = ?1")
  int featureAll(boolean featured);
}
