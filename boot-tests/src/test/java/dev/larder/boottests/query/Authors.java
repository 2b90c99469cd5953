package dev.larder.boottests.query;

import dev.larder.spring.annotation.CachedQuery;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

/** One query is cached, the other is not. */
interface Authors extends JpaRepository<Author, Long> {

  @CachedQuery
  @Query("select a.name from Author a order by a.id")
  List<String> names();

  long countByName(String name);
}
