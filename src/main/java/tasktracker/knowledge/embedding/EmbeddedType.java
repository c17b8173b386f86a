package tasktracker.knowledge.embedding;

/** What has a vector in its own row. The statements name their tables, so that each table's readers and writers are found. */
enum EmbeddedType {
  ATOM("embed_atom", """
      select id, title || E'\\n\\n' || content as text from atom where id = any(:ids) and vector is null""", """
      update atom set vector = cast(:vector as real[])::vector where id = :id and title || E'\\n\\n' || content = :text""", """
      select id from atom where vector is null and id > :last order by id limit :limit""", """
      select id, vector::real[] as vector from atom where id = any(:ids)"""),
  TOPIC("embed_topic", """
      select id, rtrim(name || E'\\n\\n' || description) as text from topic where id = any(:ids) and vector is null""", """
      update topic set vector = cast(:vector as real[])::vector
       where id = :id and rtrim(name || E'\\n\\n' || description) = :text""", """
      select id from topic where vector is null and id > :last order by id limit :limit""", """
      select id, vector::real[] as vector from topic where id = any(:ids)""");

  private final String failedKind;
  private final String selectTexts;
  private final String saveVector;
  private final String selectMissing;
  private final String selectVectors;

  EmbeddedType(String failedKind, String selectTexts, String saveVector, String selectMissing, String selectVectors) {
    this.failedKind = failedKind;
    this.selectTexts = selectTexts;
    this.saveVector = saveVector;
    this.selectMissing = selectMissing;
    this.selectVectors = selectVectors;
  }

  /** The kind of its failed items. */
  String failedKind() {
    return failedKind;
  }

  String selectTexts() {
    return selectTexts;
  }

  /** It changes nothing when the text was changed after it was read. */
  String saveVector() {
    return saveVector;
  }

  String selectMissing() {
    return selectMissing;
  }

  String selectVectors() {
    return selectVectors;
  }
}
