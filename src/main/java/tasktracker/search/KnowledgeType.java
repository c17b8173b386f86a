package tasktracker.search;

/** What is searched beside messages. The statements name their tables, so that the readers of each table are found. */
enum KnowledgeType {
  TOPICS("""
      select d.topic_id as id, d.terms from knowledge_document d
       where d.topic_id is not null and d.terms @@ cast(:required as tsquery) limit :most""", """
      select t.id, 1 - (t.vector <=> :vector::float4[]::vector) as cosine from topic t where t.vector is not null
       order by t.vector <=> :vector::float4[]::vector limit :limit"""),
  ATOMS("""
      select d.atom_id as id, d.terms from knowledge_document d join atom a on a.id = d.atom_id and a.status <> 'rejected'
       where d.atom_id is not null and d.terms @@ cast(:required as tsquery) limit :most""", """
      select a.id, 1 - (a.vector <=> :vector::float4[]::vector) as cosine from atom a
       where a.vector is not null and a.status <> 'rejected' order by a.vector <=> :vector::float4[]::vector limit :limit""");

  private final String candidates;
  private final String nearest;

  KnowledgeType(String candidates, String nearest) {
    this.candidates = candidates;
    this.nearest = nearest;
  }

  /**
   * Ranks the documents with the required terms. Those with the words as typed rank first; the others by how often they
   * contain the words, relative to their length.
   */
  String ranking() {
    return """
        select c.id from (%s) c
         order by coalesce(c.terms @@ cast(:exact as tsquery), false) desc, ts_rank(c.terms, cast(:any as tsquery), 1) desc, c.id desc
         limit :limit""".formatted(candidates);
  }

  /** The items nearest to a vector, nearest first. */
  String nearest() {
    return nearest;
  }
}
