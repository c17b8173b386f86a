-- loses: vectors and models; they are computed again, which takes hours for a hundred thousand messages
drop trigger text_revised on message;
drop trigger text_removed on message;
drop trigger text_added on message;
drop table message_embedding, embedding_model, embedding_tally;
drop function forget_revised_text(), tally_texts(), tally_embeddings(), fold_embedding_tally(), has_text(text);
