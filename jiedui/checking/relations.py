def relate(doc, quantities, lexicon): return []
