<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en_GB">
<context>
    <name></name>
    <message>
        <source>It is not shown in its panel at the moment.</source>
        <translation>Wird in seinem Panel zurzeit nicht gezeigt.</translation>
    </message>
    <message>
        <source>Go to {}</source>
        <translation>Zu {} gehen</translation>
    </message>
    <message>
        <source>Bring the panel {} to the front, and the keyboard into it</source>
        <translation>Das Panel {} nach vorn holen, und die Tastatur hinein</translation>
    </message>
    <message>
        <source>&amp;Like the system</source>
        <translation>&amp;Wie das System</translation>
    </message>
    <message>
        <source>Light or dark as the desktop is</source>
        <translation>Hell oder dunkel wie der Desktop</translation>
    </message>
    <message>
        <source>L&amp;ight</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>Dark text on a light ground</source>
        <translation>Dunkler Text auf hellem Grund</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>Light text on a dark ground</source>
        <translation>Heller Text auf dunklem Grund</translation>
    </message>
    <message>
        <source>The language of the desktop, from the next start on</source>
        <translation>Die Sprache des Desktops, ab dem nächsten Start</translation>
    </message>
    <message>
        <source>English, from the next start on</source>
        <translation>Englisch, ab dem nächsten Start</translation>
    </message>
    <message>
        <source>German, from the next start on</source>
        <translation>Deutsch, ab dem nächsten Start</translation>
    </message>
    <message>
        <source>Take the newest checkpoint away, with its threshold</source>
        <translation>Den neuesten Checkpoint mitnehmen, mit seiner Schwelle</translation>
    </message>
    <message>
        <source>&amp;ONNX …</source>
        <translation>&amp;ONNX …</translation>
    </message>
    <message>
        <source>For onnxruntime, with a JSON and an example beside it</source>
        <translation>Für onnxruntime, mit einer JSON-Datei und einem Beispiel daneben</translation>
    </message>
    <message>
        <source>&amp;Bundle …</source>
        <translation>&amp;Bundle …</translation>
    </message>
    <message>
        <source>A folder that verify and core.Verifier.load read without the run</source>
        <translation>Ein Ordner, den verify und core.Verifier.load ohne den Lauf lesen</translation>
    </message>
    <message>
        <source>Model &amp;report …</source>
        <translation>Modell&amp;bericht …</translation>
    </message>
    <message>
        <source>One page of HTML: figures, curves, errors, settings; measured now</source>
        <translation>Eine HTML-Seite: Größen, Kurven, Fehler, Einstellungen; jetzt gemessen</translation>
    </message>
    <message>
        <source>Live pictures of what losses, distances and thresholds do, to play with</source>
        <translation>Lebende Bilder davon, was Verluste, Distanzen und Schwellen tun, zum Spielen</translation>
    </message>
    <message>
        <source>Take the last change back</source>
        <translation>Die letzte Änderung zurücknehmen</translation>
    </message>
    <message>
        <source>Make the change again that was taken back</source>
        <translation>Die zurückgenommene Änderung wieder machen</translation>
    </message>
    <message>
        <source>There is no such change of this run or its data</source>
        <translation>Es gibt keine solche Änderung dieses Laufs oder seiner Daten</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>&amp;Lauf</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation>&amp;Panels</translation>
    </message>
    <message>
        <source>&amp;Actions</source>
        <translation>&amp;Aktionen</translation>
    </message>
    <message>
        <source>&amp;Export model</source>
        <translation>Modell &amp;exportieren</translation>
    </message>
    <message>
        <source>Open &amp;recent run</source>
        <translation>&amp;Zuletzt benutzten Lauf öffnen</translation>
    </message>
    <message>
        <source>Recent da&amp;ta</source>
        <translation>Zuletzt benutzte Da&amp;ten</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farbschema</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Sprache</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>No run was opened or trained yet</source>
        <translation>Noch kein Lauf geöffnet oder trainiert</translation>
    </message>
    <message>
        <source>Show this run</source>
        <translation>Diesen Lauf zeigen</translation>
    </message>
    <message>
        <source>No data of your own was used yet</source>
        <translation>Noch keine eigenen Daten benutzt</translation>
    </message>
    <message>
        <source>Train on these images</source>
        <translation>Mit diesen Bildern trainieren</translation>
    </message>
    <message>
        <source>Show or hide the panel {}</source>
        <translation>Das Panel {} zeigen oder verbergen</translation>
    </message>
    <message>
        <source>Show a stored run</source>
        <translation>Einen gespeicherten Lauf zeigen</translation>
    </message>
    <message>
        <source>&amp;Open run …</source>
        <translation>Lauf &amp;öffnen …</translation>
    </message>
    <message>
        <source>Show what &apos;metric-explorer embed&apos; has written, in a window of its own</source>
        <translation>Zeigen, was „metric-explorer embed“ geschrieben hat, in einem eigenen Fenster</translation>
    </message>
    <message>
        <source>Open e&amp;mbeddings …</source>
        <translation>E&amp;mbeddings öffnen …</translation>
    </message>
    <message>
        <source>Choose a folder of images to train on</source>
        <translation>Ordner mit Bildern für das Training wählen</translation>
    </message>
    <message>
        <source>Choose &amp;data …</source>
        <translation>&amp;Daten wählen …</translation>
    </message>
    <message>
        <source>Choose images that were used of late</source>
        <translation>Zuletzt benutzte Bilder wählen</translation>
    </message>
    <message>
        <source>Show a run that was opened or trained of late</source>
        <translation>Einen zuletzt geöffneten oder trainierten Lauf zeigen</translation>
    </message>
    <message>
        <source>Close the window; a run keeps its last step</source>
        <translation>Fenster schließen; ein Lauf behält seinen letzten Schritt</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>Open or train a run first</source>
        <translation>Erst einen Lauf öffnen oder trainieren</translation>
    </message>
    <message>
        <source>Put every panel back in its place</source>
        <translation>Jedes Panel an seinen Platz zurücksetzen</translation>
    </message>
    <message>
        <source>&amp;Reset layout</source>
        <translation>Anordnung &amp;zurücksetzen</translation>
    </message>
    <message>
        <source>Copy a picture of the panel used last, or of the window where none was used</source>
        <translation>Ein Bild des zuletzt benutzten Panels kopieren, oder des Fensters, wo noch keines benutzt wurde</translation>
    </message>
    <message>
        <source>&amp;Copy picture of panel</source>
        <translation>Bild des Panels &amp;kopieren</translation>
    </message>
    <message>
        <source>Save a picture of the panel used last, or of the window where none was used</source>
        <translation>Ein Bild des zuletzt benutzten Panels speichern, oder des Fensters, wo noch keines benutzt wurde</translation>
    </message>
    <message>
        <source>&amp;Save picture of panel …</source>
        <translation>Bild des Panels &amp;speichern …</translation>
    </message>
    <message>
        <source>Three steps to a trained run, beside the window&apos;s own controls</source>
        <translation>Drei Schritte zu einem trainierten Lauf, neben den Bedienelementen des Fensters</translation>
    </message>
    <message>
        <source>&amp;Tour</source>
        <translation>&amp;Rundgang</translation>
    </message>
    <message>
        <source>The page of the guide on the panel that has the keyboard</source>
        <translation>Die Seite des Handbuchs zum Panel, das die Tastatur hat</translation>
    </message>
    <message>
        <source>&amp;Guide</source>
        <translation>&amp;Handbuch</translation>
    </message>
    <message>
        <source>Find anything that can be done, by its name</source>
        <translation>Alles, was getan werden kann, beim Namen finden</translation>
    </message>
    <message>
        <source>&amp;Find an action …</source>
        <translation>Aktion &amp;suchen …</translation>
    </message>
    <message>
        <source>&amp;Lab …</source>
        <translation>&amp;Labor …</translation>
    </message>
    <message>
        <source>The lab opens as soon as PyTorch is loaded</source>
        <translation>Das Labor öffnet sich, sobald PyTorch geladen ist</translation>
    </message>
    <message>
        <source>All shortcuts of the window</source>
        <translation>Alle Tastenkürzel des Fensters</translation>
    </message>
    <message>
        <source>&amp;Shortcuts …</source>
        <translation>&amp;Tastenkürzel …</translation>
    </message>
    <message>
        <source>All messages so far, with details</source>
        <translation>Alle bisherigen Meldungen mit Einzelheiten</translation>
    </message>
    <message>
        <source>&amp;Messages …</source>
        <translation>&amp;Meldungen …</translation>
    </message>
    <message>
        <source>Version and licence</source>
        <translation>Version und Lizenz</translation>
    </message>
    <message>
        <source>&amp;About metric-explorer</source>
        <translation>Ü&amp;ber metric-explorer</translation>
    </message>
    <message>
        <source>Plots and map: zoom</source>
        <translation>Diagramme und Karte: zoomen</translation>
    </message>
    <message>
        <source>wheel, + and -</source>
        <translation>Rad, + und -</translation>
    </message>
    <message>
        <source>Plots and map: move</source>
        <translation>Diagramme und Karte: verschieben</translation>
    </message>
    <message>
        <source>drag, arrows</source>
        <translation>Ziehen, Pfeile</translation>
    </message>
    <message>
        <source>Plots and map: show all</source>
        <translation>Diagramme und Karte: alles zeigen</translation>
    </message>
    <message>
        <source>double click, Home</source>
        <translation>Doppelklick, Pos1</translation>
    </message>
    <message>
        <source>Map: add to the selection, take away</source>
        <translation>Karte: zur Auswahl hinzufügen, wegnehmen</translation>
    </message>
    <message>
        <source>Shift, Alt while dragging or clicking</source>
        <translation>Umschalt, Alt beim Ziehen oder Klicken</translation>
    </message>
    <message>
        <source>Map: select none, leave the search or the comparison</source>
        <translation>Karte: nichts auswählen, Suche oder Vergleich verlassen</translation>
    </message>
    <message>
        <source>Slots of Verify and Gallery: choose, paste, clear</source>
        <translation>Felder von Prüfen und Galerie: wählen, einfügen, leeren</translation>
    </message>
    <message>
        <source>Enter, Ctrl+V, Delete</source>
        <translation>Eingabe, Strg+V, Entf</translation>
    </message>
    <message>
        <source>Tables: copy</source>
        <translation>Tabellen: kopieren</translation>
    </message>
    <message>
        <source>Lists: rename, remove</source>
        <translation>Listen: umbenennen, entfernen</translation>
    </message>
    <message>
        <source>F2, Delete</source>
        <translation>F2, Entf</translation>
    </message>
    <message>
        <source>Next and previous control</source>
        <translation>Nächstes und voriges Bedienelement</translation>
    </message>
    <message>
        <source>Tab, Shift+Tab</source>
        <translation>Tab, Umschalt+Tab</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Where the keyboard is</source>
        <translation>Wo die Tastatur ist</translation>
    </message>
    <message>
        <source>Search the shortcuts</source>
        <translation>Tastenkürzel durchsuchen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Shows only shortcuts whose action, panel or keys contain this.</source>
        <translation>Zeigt nur Kürzel, deren Aktion, Panel oder Tasten dies enthalten.</translation>
    </message>
    <message>
        <source>Keys with a comma are pressed one after the other.</source>
        <translation>Tasten mit einem Komma werden nacheinander gedrückt.</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Choose the data …</source>
        <translation>Daten wählen …</translation>
    </message>
    <message>
        <source>Download the data</source>
        <translation>Daten herunterladen</translation>
    </message>
    <message>
        <source>Choose the model …</source>
        <translation>Modell wählen …</translation>
    </message>
    <message>
        <source>Choose the metric loss …</source>
        <translation>Metrischen Verlust wählen …</translation>
    </message>
    <message>
        <source>Set the epochs …</source>
        <translation>Epochen setzen …</translation>
    </message>
    <message>
        <source>Advanced settings</source>
        <translation>Weitere Einstellungen</translation>
    </message>
    <message>
        <source>Set the margin …</source>
        <translation>Abstand setzen …</translation>
    </message>
    <message>
        <source>Set the learning rate …</source>
        <translation>Lernrate setzen …</translation>
    </message>
    <message>
        <source>Choose the mining …</source>
        <translation>Mining wählen …</translation>
    </message>
    <message>
        <source>Find a learning rate …</source>
        <translation>Lernrate finden …</translation>
    </message>
    <message>
        <source>Live settings back to their defaults</source>
        <translation>Laufende Einstellungen zurück auf Standard</translation>
    </message>
    <message>
        <source>Show all points</source>
        <translation>Alle Punkte zeigen</translation>
    </message>
    <message>
        <source>Lay out with PCA</source>
        <translation>Mit PCA zeichnen</translation>
    </message>
    <message>
        <source>Lay out with UMAP</source>
        <translation>Mit UMAP zeichnen</translation>
    </message>
    <message>
        <source>Lay out with t-SNE</source>
        <translation>Mit t-SNE zeichnen</translation>
    </message>
    <message>
        <source>Settings of the projection …</source>
        <translation>Einstellungen der Projektion …</translation>
    </message>
    <message>
        <source>Colour by …</source>
        <translation>Färben nach …</translation>
    </message>
    <message>
        <source>Drag to move</source>
        <translation>Zum Verschieben ziehen</translation>
    </message>
    <message>
        <source>Drag to select a rectangle</source>
        <translation>Zum Auswählen ein Rechteck ziehen</translation>
    </message>
    <message>
        <source>Drag to select a freehand line</source>
        <translation>Zum Auswählen eine freie Linie ziehen</translation>
    </message>
    <message>
        <source>Names of the classes</source>
        <translation>Namen der Klassen</translation>
    </message>
    <message>
        <source>Density contours</source>
        <translation>Höhenlinien der Dichte</translation>
    </message>
    <message>
        <source>Outlines of the classes</source>
        <translation>Umrisse der Klassen</translation>
    </message>
    <message>
        <source>Find probable label errors</source>
        <translation>Wahrscheinlich falsche Klassen suchen</translation>
    </message>
    <message>
        <source>Find near-duplicates</source>
        <translation>Fast gleiche Bilder suchen</translation>
    </message>
    <message>
        <source>Selections …</source>
        <translation>Auswahlen …</translation>
    </message>
    <message>
        <source>Select none</source>
        <translation>Nichts auswählen</translation>
    </message>
    <message>
        <source>Invert the selection</source>
        <translation>Auswahl umkehren</translation>
    </message>
    <message>
        <source>Select whole classes</source>
        <translation>Ganze Klassen auswählen</translation>
    </message>
    <message>
        <source>Export the images as a table …</source>
        <translation>Bilder als Tabelle exportieren …</translation>
    </message>
    <message>
        <source>Copy the images into a folder …</source>
        <translation>Bilder in einen Ordner kopieren …</translation>
    </message>
    <message>
        <source>Export for the Embedding Projector …</source>
        <translation>Für den Embedding Projector exportieren …</translation>
    </message>
    <message>
        <source>Compare with another look</source>
        <translation>Mit einem anderen Blick vergleichen</translation>
    </message>
    <message>
        <source>Play the looks</source>
        <translation>Blicke abspielen</translation>
    </message>
    <message>
        <source>Lay out earlier looks</source>
        <translation>Frühere Blicke zeichnen</translation>
    </message>
    <message>
        <source>Search images …</source>
        <translation>Bilder suchen …</translation>
    </message>
    <message>
        <source>Images as a grid</source>
        <translation>Bilder als Raster</translation>
    </message>
    <message>
        <source>Images as a table</source>
        <translation>Bilder als Tabelle</translation>
    </message>
    <message>
        <source>Figures of the data</source>
        <translation>Größen der Daten</translation>
    </message>
    <message>
        <source>Inspect the images</source>
        <translation>Bilder durchsehen</translation>
    </message>
    <message>
        <source>Exclude the selected images</source>
        <translation>Die ausgewählten Bilder ausschließen</translation>
    </message>
    <message>
        <source>Take edits of the selected images back</source>
        <translation>Änderungen der ausgewählten Bilder zurücknehmen</translation>
    </message>
    <message>
        <source>Search runs …</source>
        <translation>Läufe suchen …</translation>
    </message>
    <message>
        <source>Read the list of runs again</source>
        <translation>Die Liste der Läufe neu lesen</translation>
    </message>
    <message>
        <source>List the runs of another folder …</source>
        <translation>Läufe eines anderen Ordners zeigen …</translation>
    </message>
    <message>
        <source>Show archived runs</source>
        <translation>Archivierte Läufe zeigen</translation>
    </message>
    <message>
        <source>Open the chosen run</source>
        <translation>Den gewählten Lauf öffnen</translation>
    </message>
    <message>
        <source>Compare the chosen runs in Evaluation</source>
        <translation>Die gewählten Läufe in Auswertung vergleichen</translation>
    </message>
    <message>
        <source>False accepts</source>
        <translation>Falsch echt</translation>
    </message>
    <message>
        <source>False rejects</source>
        <translation>Falsch fremd</translation>
    </message>
    <message>
        <source>Errors by identity</source>
        <translation>Fehler nach Identität</translation>
    </message>
    <message>
        <source>Compare the chosen pair in Verify</source>
        <translation>Das gewählte Paar in Prüfen vergleichen</translation>
    </message>
    <message>
        <source>Show the chosen pair on the map</source>
        <translation>Das gewählte Paar auf der Karte zeigen</translation>
    </message>
    <message>
        <source>Excluded images</source>
        <translation>Ausgeschlossene Bilder</translation>
    </message>
    <message>
        <source>Evaluate the newest checkpoint</source>
        <translation>Den neuesten Checkpoint auswerten</translation>
    </message>
    <message>
        <source>Export the evaluation …</source>
        <translation>Auswertung exportieren …</translation>
    </message>
    <message>
        <source>Run the protocol</source>
        <translation>Protokoll ausführen</translation>
    </message>
    <message>
        <source>Add a run to compare …</source>
        <translation>Lauf zum Vergleich hinzufügen …</translation>
    </message>
    <message>
        <source>Compare runs and distances</source>
        <translation>Läufe und Distanzen vergleichen</translation>
    </message>
    <message>
        <source>Judge every pair of a folder …</source>
        <translation>Jedes Paar eines Ordners beurteilen …</translation>
    </message>
    <message>
        <source>Judge the pairs of a file …</source>
        <translation>Die Paare einer Datei beurteilen …</translation>
    </message>
    <message>
        <source>Judge the pairs of two folders …</source>
        <translation>Die Paare zweier Ordner beurteilen …</translation>
    </message>
    <message>
        <source>Export the pairs looked at …</source>
        <translation>Angesehene Paare exportieren …</translation>
    </message>
    <message>
        <source>Losses times their weights</source>
        <translation>Verluste mal ihre Gewichte</translation>
    </message>
    <message>
        <source>Logarithmic loss axis</source>
        <translation>Logarithmische Verlustachse</translation>
    </message>
    <message>
        <source>Choose the lower plot …</source>
        <translation>Unteres Diagramm wählen …</translation>
    </message>
    <message>
        <source>Choose image A …</source>
        <translation>Bild A wählen …</translation>
    </message>
    <message>
        <source>Choose image B …</source>
        <translation>Bild B wählen …</translation>
    </message>
    <message>
        <source>Swap A and B</source>
        <translation>A und B vertauschen</translation>
    </message>
    <message>
        <source>Clear both images</source>
        <translation>Beide Bilder entfernen</translation>
    </message>
    <message>
        <source>The verdict</source>
        <translation>Das Urteil</translation>
    </message>
    <message>
        <source>Nearest training images</source>
        <translation>Nächste Trainingsbilder</translation>
    </message>
    <message>
        <source>Why the two are alike or not</source>
        <translation>Warum die beiden sich ähnlich sind oder nicht</translation>
    </message>
    <message>
        <source>Predicted masks</source>
        <translation>Vorhergesagte Masken</translation>
    </message>
    <message>
        <source>Who is it?</source>
        <translation>Wer ist es?</translation>
    </message>
    <message>
        <source>Who is enrolled</source>
        <translation>Wer eingetragen ist</translation>
    </message>
    <message>
        <source>Enrol images …</source>
        <translation>Bilder eintragen …</translation>
    </message>
    <message>
        <source>Enrol the images of Verify</source>
        <translation>Die Bilder von Prüfen eintragen</translation>
    </message>
    <message>
        <source>Measure the open-set rates</source>
        <translation>Raten der offenen Menge messen</translation>
    </message>
    <message>
        <source>Threshold at the equal error rate</source>
        <translation>Schwelle bei gleicher Fehlerrate</translation>
    </message>
    <message>
        <source>Threshold at FPR 0.1 %</source>
        <translation>Schwelle bei FPR 0,1 %</translation>
    </message>
    <message>
        <source>Threshold at FPR 1 %</source>
        <translation>Schwelle bei FPR 1 %</translation>
    </message>
    <message>
        <source>Threshold at FPR 5 %</source>
        <translation>Schwelle bei FPR 5 %</translation>
    </message>
    <message>
        <source>Set the threshold …</source>
        <translation>Schwelle setzen …</translation>
    </message>
    <message>
        <source>Choose the distance …</source>
        <translation>Distanz wählen …</translation>
    </message>
    <message>
        <source>ROC curve</source>
        <translation>ROC-Kurve</translation>
    </message>
    <message>
        <source>DET curve</source>
        <translation>DET-Kurve</translation>
    </message>
    <message>
        <source>Precision and recall</source>
        <translation>Precision und Recall</translation>
    </message>
    <message>
        <source>Logarithmic FPR axis</source>
        <translation>Logarithmische FPR-Achse</translation>
    </message>
    <message>
        <source>Measure the intervals</source>
        <translation>Intervalle messen</translation>
    </message>
    <message>
        <source>Train on {}</source>
        <translation>Trainieren mit {}</translation>
    </message>
    <message>
        <source>Model {}</source>
        <translation>Modell {}</translation>
    </message>
    <message>
        <source>Metric loss {}</source>
        <translation>Metrischer Verlust {}</translation>
    </message>
    <message>
        <source>Mining {}</source>
        <translation>Mining {}</translation>
    </message>
    <message>
        <source>Colour by {}</source>
        <translation>Färben nach {}</translation>
    </message>
    <message>
        <source>Lower plot: {}</source>
        <translation>Unteres Diagramm: {}</translation>
    </message>
    <message>
        <source>Compare by {}</source>
        <translation>Vergleichen mit {}</translation>
    </message>
    <message>
        <source>Open log</source>
        <translation>Log öffnen</translation>
    </message>
    <message>
        <source>Show what is known: the log, and where each thread was.</source>
        <translation>Zeigen, was bekannt ist: das Log, und wo jeder Thread war.</translation>
    </message>
    <message>
        <source>Open last run</source>
        <translation>Letzten Lauf öffnen</translation>
    </message>
    <message>
        <source>Show {run} as it was kept last.</source>
        <translation>{run} zeigen, wie er zuletzt aufbewahrt wurde.</translation>
    </message>
    <message>
        <source>It could not tell any more where it was; the process may have been killed.</source>
        <translation>Es konnte nicht mehr sagen, wo es war; der Prozess wurde vielleicht abgebrochen.</translation>
    </message>
    <message>
        <source>{faults}

The end of the log:
{value}</source>
        <translation>{faults}

Das Ende des Logs:
{value}</translation>
    </message>
    <message>
        <source>Colours of the map: {message}</source>
        <translation>Farben der Karte: {message}</translation>
    </message>
    <message>
        <source>Intervals: {message}</source>
        <translation>Intervalle: {message}</translation>
    </message>
    <message>
        <source>Contours of the map: {message}</source>
        <translation>Höhenlinien der Karte: {message}</translation>
    </message>
    <message>
        <source>drawing of {name}</source>
        <translation>{name} wird gezeichnet</translation>
    </message>
    <message>
        <source>opening the embeddings</source>
        <translation>Embeddings werden geöffnet</translation>
    </message>
    <message>
        <source>finding the axes of all embeddings</source>
        <translation>Achsen aller Embeddings werden bestimmt</translation>
    </message>
    <message>
        <source>reading names</source>
        <translation>Namen werden gelesen</translation>
    </message>
    <message>
        <source>loading the model</source>
        <translation>Modell wird geladen</translation>
    </message>
    <message>
        <source>calibrating</source>
        <translation>Kalibrieren</translation>
    </message>
    <message>
        <source>Fitted on the pairs that it is judged on, since the identities are too few to spare some: too kind.</source>
        <translation>Angepasst an die Paare, an denen sie beurteilt wird, da die Identitäten zu wenige sind, um welche aufzuheben: zu günstig.</translation>
    </message>
    <message>
        <source>Fitted on {choosing_identities} identities, judged on {reporting_identities} others.</source>
        <translation>Angepasst an {choosing_identities} Identitäten, beurteilt an {reporting_identities} anderen.</translation>
    </message>
    <message>
        <source>running the protocol</source>
        <translation>Protokoll läuft</translation>
    </message>
    <message>
        <source>comparing</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>{name}: a protocol needs its files, found none chosen</source>
        <translation>{name}: ein Protokoll braucht seine Dateien, keine gewählt</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>beginnt</translation>
    </message>
    <message>
        <source>the process that exports ended with code {code}</source>
        <translation>der exportierende Prozess endete mit Code {code}</translation>
    </message>
    <message>
        <source>there is no model yet to look at images</source>
        <translation>es gibt noch kein Modell, das Bilder ansieht</translation>
    </message>
    <message>
        <source>change {changes}</source>
        <translation>{changes} ändern</translation>
    </message>
    <message>
        <source>looking at {sources} images</source>
        <translation>{sources} Bilder werden angesehen</translation>
    </message>
    <message>
        <source>{source}: its image is not at hand; choose the data set it is in</source>
        <translation>{source}: sein Bild ist nicht zur Hand; den Datensatz wählen, in dem es ist</translation>
    </message>
    <message>
        <source>embedding again</source>
        <translation>wird neu eingebettet</translation>
    </message>
    <message>
        <source>pasted image</source>
        <translation>eingefügtes Bild</translation>
    </message>
    <message>
        <source>Earlier maps: {message}</source>
        <translation>Frühere Karten: {message}</translation>
    </message>
    <message>
        <source>{run_dir}: not kept, since another window had this run first; close it there and open it here again</source>
        <translation>{run_dir}: nicht behalten, da ein anderes Fenster diesen Lauf zuerst hatte; dort schließen und hier neu öffnen</translation>
    </message>
    <message>
        <source>The image cannot be looked up: {NO_MODEL}</source>
        <translation>Das Bild kann nicht nachgeschlagen werden: {NO_MODEL}</translation>
    </message>
    <message>
        <source>there is no model yet to look at it</source>
        <translation>es gibt noch kein Modell, das es ansieht</translation>
    </message>
    <message>
        <source>the image is not at hand</source>
        <translation>das Bild ist nicht zur Hand</translation>
    </message>
    <message>
        <source>listing images, {count} so far</source>
        <translation>Bilder werden aufgelistet, bisher {count}</translation>
    </message>
    <message>
        <source>reading</source>
        <translation>wird gelesen</translation>
    </message>
    <message>
        <source>{path}: not kept, since the run is read only while another process trains it</source>
        <translation>{path}: nicht behalten, da der Lauf nur gelesen wird, während ein anderer Prozess ihn trainiert</translation>
    </message>
    <message>
        <source>reading the steps of the run</source>
        <translation>Schritte des Laufs werden gelesen</translation>
    </message>
    <message>
        <source>measuring pairs</source>
        <translation>Paare werden gemessen</translation>
    </message>
    <message>
        <source>{value}: damaged, a warning has no {error}</source>
        <translation>{value}: beschädigt, eine Warnung hat kein {error}</translation>
    </message>
    <message>
        <source>The two runs were not trained on the same pixels (other images, or another size); images are matched by name.</source>
        <translation>Die beiden Läufe wurden nicht mit denselben Pixeln trainiert (andere Bilder oder eine andere Größe); Bilder werden nach Namen zugeordnet.</translation>
    </message>
    <message>
        <source>laying out the other look</source>
        <translation>der andere Blick wird gezeichnet</translation>
    </message>
    <message>
        <source>reading the looks</source>
        <translation>Blicke werden gelesen</translation>
    </message>
    <message>
        <source>step {step} is the look that is on the map; choose another one to compare it with</source>
        <translation>Schritt {step} ist der Blick auf der Karte; zum Vergleich einen anderen wählen</translation>
    </message>
    <message>
        <source>step {step} of {name}: looks are compared on the images that both have, at least {FEWEST_SHARED}, found {ids} of {sample_ids} and {sample_ids_2}</source>
        <translation>Schritt {step} von {name}: Blicke werden auf den Bildern verglichen, die beide haben, mindestens {FEWEST_SHARED}; gefunden: {ids} von {sample_ids} und {sample_ids_2}</translation>
    </message>
    <message>
        <source>comparing neighbourhoods</source>
        <translation>Nachbarschaften werden verglichen</translation>
    </message>
    <message>
        <source>{path}: has no looks yet, so there is nothing to compare with</source>
        <translation>{path}: hat noch keine Blicke, also gibt es nichts zu vergleichen</translation>
    </message>
    <message>
        <source>{path}: has no look at step {step} any more</source>
        <translation>{path}: hat keinen Blick bei Schritt {step} mehr</translation>
    </message>
    <message>
        <source>{differing} images are of another class in the other run; what counts is their class in this.</source>
        <translation>{differing} Bilder sind im anderen Lauf aus einer anderen Klasse; es zählt ihre Klasse in diesem.</translation>
    </message>
    <message>
        <source>Margin: {message}</source>
        <translation>Abstand: {message}</translation>
    </message>
    <message>
        <source>Neighbours: {message}</source>
        <translation>Nachbarn: {message}</translation>
    </message>
    <message>
        <source>comparing images</source>
        <translation>Bilder werden verglichen</translation>
    </message>
    <message>
        <source>Pairs: {message}</source>
        <translation>Paare: {message}</translation>
    </message>
    <message>
        <source>pictures {owner}</source>
        <translation>Bilder {owner}</translation>
    </message>
    <message>
        <source>Waiting for the former layout to end …</source>
        <translation>Wartet auf das Ende der vorigen Projektion …</translation>
    </message>
    <message>
        <source>{NAMES} is computing …</source>
        <translation>{NAMES} rechnet …</translation>
    </message>
    <message>
        <source>Map: {message}</source>
        <translation>Karte: {message}</translation>
    </message>
    <message>
        <source>{NAMES} is {stage} …</source>
        <translation>{NAMES}: {stage} …</translation>
    </message>
    <message>
        <source>{file}: damaged, it has no points of a curve ({error})</source>
        <translation>{file}: beschädigt, hat keine Punkte einer Kurve ({error})</translation>
    </message>
    <message>
        <source>{file}: damaged, thresholds, fpr and tpr of its curve must be as many</source>
        <translation>{file}: beschädigt, thresholds, fpr und tpr der Kurve müssen gleich viele sein</translation>
    </message>
    <message>
        <source>{file}: damaged, the rates of its curve must ascend from 0 to 1</source>
        <translation>{file}: beschädigt, die Raten der Kurve müssen von 0 bis 1 steigen</translation>
    </message>
    <message>
        <source>writing {name} ({value} of {paths})</source>
        <translation>{name} wird geschrieben ({value} von {paths})</translation>
    </message>
    <message>
        <source>1 run</source>
        <translation>1 Lauf</translation>
    </message>
    <message>
        <source>{paths} runs</source>
        <translation>{paths} Läufe</translation>
    </message>
    <message>
        <source>Wrote {runs}; look at them by: tensorboard --logdir {folder}</source>
        <translation>{runs} geschrieben; anzusehen mit: tensorboard --logdir {folder}</translation>
    </message>
    <message>
        <source>writing {name}</source>
        <translation>{name} wird geschrieben</translation>
    </message>
    <message>
        <source>Wrote {steps} steps to {file}</source>
        <translation>{steps} Schritte nach {file} geschrieben</translation>
    </message>
    <message>
        <source>writing the table</source>
        <translation>Tabelle wird geschrieben</translation>
    </message>
    <message>
        <source>copying images</source>
        <translation>Bilder werden kopiert</translation>
    </message>
    <message>
        <source>reading embeddings</source>
        <translation>Embeddings werden gelesen</translation>
    </message>
    <message>
        <source>drawing thumbnails</source>
        <translation>Vorschaubilder werden gezeichnet</translation>
    </message>
    <message>
        <source>{path}: the snapshot of step {step} is not of the images on the map</source>
        <translation>{path}: der Blick von Schritt {step} ist nicht von den Bildern auf der Karte</translation>
    </message>
    <message>
        <source>training ended without a word; the log may say why</source>
        <translation>das Training endete ohne ein Wort; vielleicht sagt das Log, warum</translation>
    </message>
    <message>
        <source>listing the pairs</source>
        <translation>Paare werden aufgelistet</translation>
    </message>
    <message>
        <source>looking at the images</source>
        <translation>Bilder werden angesehen</translation>
    </message>
    <message>
        <source>{run_dir}: the pairs looked at cannot be kept ({strerror})</source>
        <translation>{run_dir}: die angesehenen Paare lassen sich nicht aufbewahren ({strerror})</translation>
    </message>
    <message>
        <source>{path}: the table cannot be saved ({strerror})</source>
        <translation>{path}: die Tabelle lässt sich nicht speichern ({strerror})</translation>
    </message>
    <message>
        <source>{title} is on this machine now</source>
        <translation>{title} ist jetzt auf dieser Maschine</translation>
    </message>
    <message>
        <source>{title}: what has come is kept, and the next download goes on from there</source>
        <translation>{title}: was gekommen ist, bleibt, und der nächste Download geht von dort weiter</translation>
    </message>
    <message>
        <source>reading …</source>
        <translation>liest …</translation>
    </message>
    <message>
        <source>Choose a folder of images</source>
        <translation>Ordner mit Bildern wählen</translation>
    </message>
    <message>
        <source>Lists (*.csv *.CSV *.parquet);;All files (*)</source>
        <translation>Listen (*.csv *.CSV *.parquet);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Choose a list beside its images</source>
        <translation>Liste neben ihren Bildern wählen</translation>
    </message>
    <message>
        <source>{name}: {problems} left out</source>
        <translation>{name}: {problems} weggelassen</translation>
    </message>
    <message>
        <source>The change was not kept beside the data: {message}</source>
        <translation>Die Änderung wurde nicht neben den Daten behalten: {message}</translation>
    </message>
    <message>
        <source>No run can start: {error}</source>
        <translation>Kein Lauf kann beginnen: {error}</translation>
    </message>
    <message>
        <source>exclude {what} from the data</source>
        <translation>{what} aus den Daten ausschließen</translation>
    </message>
    <message>
        <source>Excluded {what}: runs from now on leave them out</source>
        <translation>{what} ausgeschlossen: Läufe lassen sie von nun an weg</translation>
    </message>
    <message>
        <source>give {what} the class {label}</source>
        <translation>{what} die Klasse {label} geben</translation>
    </message>
    <message>
        <source>{what}: of class {label} for runs from now on</source>
        <translation>{what}: aus Klasse {label} für Läufe von nun an</translation>
    </message>
    <message>
        <source>take back the edit of {back}</source>
        <translation>die Änderung von {back} zurücknehmen</translation>
    </message>
    <message>
        <source>As the data says again: {back}</source>
        <translation>Wieder, wie die Daten sagen: {back}</translation>
    </message>
    <message>
        <source>{upper}{message}; Ctrl+Z takes that back</source>
        <translation>{upper}{message}; Strg+Z nimmt das zurück</translation>
    </message>
    <message>
        <source>{names} images</source>
        <translation>{names} Bilder</translation>
    </message>
    <message>
        <source>waiting for its turn</source>
        <translation>wartet, bis es an der Reihe ist</translation>
    </message>
    <message>
        <source>Leaks were not looked for: {why_no_parts}</source>
        <translation>Nach Lecks wurde nicht gesucht: {why_no_parts}</translation>
    </message>
    <message>
        <source>Inspected: {value}</source>
        <translation>Durchgesehen: {value}</translation>
    </message>
    <message>
        <source>nothing to mend</source>
        <translation>nichts auszubessern</translation>
    </message>
    <message>
        <source>The images were not inspected: {message}</source>
        <translation>Die Bilder wurden nicht durchgesehen: {message}</translation>
    </message>
    <message>
        <source>Cancelled the inspection; nothing was kept of it</source>
        <translation>Durchsicht abgebrochen; nichts davon wurde behalten</translation>
    </message>
    <message>
        <source>{message}; images are compared by {DISTANCE_LABELS} instead</source>
        <translation>{message}; Bilder werden stattdessen mit {DISTANCE_LABELS} verglichen</translation>
    </message>
    <message>
        <source>{distance} is being fitted …</source>
        <translation>{distance} wird angepasst …</translation>
    </message>
    <message>
        <source>{distance} is being measured …</source>
        <translation>{distance} wird gemessen …</translation>
    </message>
    <message>
        <source>The curve is being measured without the excluded images …</source>
        <translation>Die Kurve wird ohne die ausgeschlossenen Bilder gemessen …</translation>
    </message>
    <message>
        <source>Not now: {reason} among the training images of this snapshot.</source>
        <translation>Nicht jetzt: {reason} unter den Trainingsbildern dieses Blicks.</translation>
    </message>
    <message>
        <source>Stop reading the embeddings; nothing is shown of them.</source>
        <translation>Die Embeddings nicht weiter lesen; nichts davon wird gezeigt.</translation>
    </message>
    <message>
        <source>Open a folder of embeddings</source>
        <translation>Ordner mit Embeddings öffnen</translation>
    </message>
    <message>
        <source>Opened the embeddings {path}</source>
        <translation>Embeddings {path} geöffnet</translation>
    </message>
    <message>
        <source>Cancelled; the embeddings are not shown</source>
        <translation>Abgebrochen; die Embeddings werden nicht gezeigt</translation>
    </message>
    <message>
        <source>Figures: all images, {distance} distance</source>
        <translation>Größen: alle Bilder, Distanz {distance}</translation>
    </message>
    <message>
        <source>Figures: {images} of {of_images} images (all of {identities} of {of_identities} identities), {distance}</source>
        <translation>Größen: {images} von {of_images} Bildern (alle von {identities} von {of_identities} Identitäten), {distance}</translation>
    </message>
    <message>
        <source>Figures: {images} of {of_images} images (some of {identities} of {of_identities} identities), {distance}</source>
        <translation>Größen: {images} von {of_images} Bildern (einige von {identities} von {of_identities} Identitäten), {distance}</translation>
    </message>
    <message>
        <source>{data}: {count} images, embedded by step {step} of {run}</source>
        <translation>{data}: {count} Bilder, eingebettet von Schritt {step} von {run}</translation>
    </message>
    <message>
        <source> · unfinished, {count} are listed</source>
        <translation> · unvollständig, {count} sind aufgeführt</translation>
    </message>
    <message>
        <source>Map: {counted}, by PCA of all of them ({share} of the variance)</source>
        <translation>Karte: {counted}, mit PCA aller ({share} der Varianz)</translation>
    </message>
    <message>
        <source>The threshold was not kept: {message}</source>
        <translation>Die Schwelle wurde nicht behalten: {message}</translation>
    </message>
    <message>
        <source>open set</source>
        <translation>offene Menge</translation>
    </message>
    <message>
        <source>closed set</source>
        <translation>geschlossene Menge</translation>
    </message>
    <message>
        <source>Threshold: {words} again</source>
        <translation>Schwelle: wieder {words}</translation>
    </message>
    <message>
        <source>This threshold accepts no pair at all; it is not kept with the run</source>
        <translation>Diese Schwelle nimmt gar kein Paar an; sie wird nicht mit dem Lauf behalten</translation>
    </message>
    <message>
        <source>wrong label</source>
        <translation>falsche Klasse</translation>
    </message>
    <message>
        <source>The exclusion was not kept with the run: {message}</source>
        <translation>Der Ausschluss wurde nicht mit dem Lauf behalten: {message}</translation>
    </message>
    <message>
        <source>exclude {name} ({WRONG_LABEL})</source>
        <translation>{name} ausschließen ({WRONG_LABEL})</translation>
    </message>
    <message>
        <source>take back {names}</source>
        <translation>{names} zurücknehmen</translation>
    </message>
    <message>
        <source>Excluded from every evaluation: {gone}; Ctrl+Z takes that back</source>
        <translation>Aus jeder Auswertung ausgeschlossen: {gone}; Strg+Z nimmt das zurück</translation>
    </message>
    <message>
        <source>Counts again: {back}</source>
        <translation>Zählt wieder: {back}</translation>
    </message>
    <message>
        <source>Open or train a run first; then its newest checkpoint can be taken away</source>
        <translation>Erst einen Lauf öffnen oder trainieren; dann lässt sich sein neuester Checkpoint mitnehmen</translation>
    </message>
    <message>
        <source>An export is under way; wait for it, or cancel it below</source>
        <translation>Ein Export läuft; warten oder unten abbrechen</translation>
    </message>
    <message>
        <source>End the export; what it has written goes.</source>
        <translation>Den Export beenden; was er geschrieben hat, wird entfernt.</translation>
    </message>
    <message>
        <source>Choose the folder that the bundle is put into</source>
        <translation>Den Ordner wählen, in den das Bundle kommt</translation>
    </message>
    <message>
        <source>Export ONNX</source>
        <translation>ONNX exportieren</translation>
    </message>
    <message>
        <source>Write the model report</source>
        <translation>Den Modellbericht schreiben</translation>
    </message>
    <message>
        <source>the model</source>
        <translation>das Modell</translation>
    </message>
    <message>
        <source>the bundle</source>
        <translation>das Bundle</translation>
    </message>
    <message>
        <source>the report</source>
        <translation>der Bericht</translation>
    </message>
    <message>
        <source>, with {value} beside it</source>
        <translation>, daneben {value}</translation>
    </message>
    <message>
        <source> and </source>
        <translation> und </translation>
    </message>
    <message>
        <source>Wrote {words} to {first}{beside}</source>
        <translation>{words} nach {first}{beside} geschrieben</translation>
    </message>
    <message>
        <source>Export: {message}</source>
        <translation>Export: {message}</translation>
    </message>
    <message>
        <source>Cancelled the export; nothing was kept of it</source>
        <translation>Export abgebrochen; nichts davon wurde behalten</translation>
    </message>
    <message>
        <source>Start a run or open one first: people are enrolled in a run.</source>
        <translation>Erst einen Lauf starten oder öffnen: Eingetragen wird in einem Lauf.</translation>
    </message>
    <message>
        <source>Enrolled {name}: {images} added</source>
        <translation>{name} eingetragen: {images} hinzugefügt</translation>
    </message>
    <message>
        <source>, {already} left out as enrolled already</source>
        <translation>, {already} ausgelassen, da schon eingetragen</translation>
    </message>
    <message>
        <source>enrol {name}</source>
        <translation>{name} eintragen</translation>
    </message>
    <message>
        <source>{message}; nothing was enrolled</source>
        <translation>{message}; nichts wurde eingetragen</translation>
    </message>
    <message>
        <source>{name} is {kept} now; Ctrl+Z takes that back</source>
        <translation>{name} heißt jetzt {kept}; Strg+Z nimmt das zurück</translation>
    </message>
    <message>
        <source>rename {name}</source>
        <translation>{name} umbenennen</translation>
    </message>
    <message>
        <source>Removed {name} with {images}; Ctrl+Z takes that back</source>
        <translation>{name} mit {images} entfernt; Strg+Z nimmt das zurück</translation>
    </message>
    <message>
        <source>remove {name}</source>
        <translation>{name} entfernen</translation>
    </message>
    <message>
        <source>Embedded again: {stale}</source>
        <translation>Neu eingebettet: {stale}</translation>
    </message>
    <message>
        <source>The enrolled images have to be embedded again before they can be compared.</source>
        <translation>Die eingetragenen Bilder müssen neu eingebettet werden, bevor sie verglichen werden können.</translation>
    </message>
    <message>
        <source>{path}: opened to read only, since another window has it open; what is chosen here is not kept with it until it is closed there and opened here again</source>
        <translation>{path}: nur zum Lesen geöffnet, da ein anderes Fenster ihn offen hat; was hier gewählt wird, bleibt nicht bei ihm, bis er dort geschlossen und hier neu geöffnet ist</translation>
    </message>
    <message>
        <source>{message}; delete or repair it, and open the run again to have pairs kept</source>
        <translation>{message}; löschen oder ausbessern und den Lauf neu öffnen, damit Paare behalten werden</translation>
    </message>
    <message>
        <source>The pairs looked at cannot be read: {message}</source>
        <translation>Die angesehenen Paare sind nicht lesbar: {message}</translation>
    </message>
    <message>
        <source>pasted {source}</source>
        <translation>{source} eingefügt</translation>
    </message>
    <message>
        <source>That picture was pasted and is in no file; paste it into Verify once more</source>
        <translation>Dieses Bild wurde eingefügt und steht in keiner Datei; noch einmal in Prüfen einfügen</translation>
    </message>
    <message>
        <source>a pair looked at</source>
        <translation>ein angesehenes Paar</translation>
    </message>
    <message>
        <source>{looks} pairs looked at</source>
        <translation>{looks} angesehene Paare</translation>
    </message>
    <message>
        <source>remove {what}</source>
        <translation>{what} entfernen</translation>
    </message>
    <message>
        <source>Removed {what}; Ctrl+Z takes that back</source>
        <translation>{what} entfernt; Strg+Z nimmt das zurück</translation>
    </message>
    <message>
        <source>write a note</source>
        <translation>eine Notiz schreiben</translation>
    </message>
    <message>
        <source>There is no map to compare yet: press Start, or open a run.</source>
        <translation>Noch keine Karte zum Vergleichen: Start drücken, oder einen Lauf öffnen.</translation>
    </message>
    <message>
        <source>Looks are compared when training has ended: laying the other one out needs the processor, and the map would move on meanwhile.</source>
        <translation>Blicke werden verglichen, wenn das Training zu Ende ist: Den anderen zu zeichnen braucht den Prozessor, und die Karte zöge unterdessen weiter.</translation>
    </message>
    <message>
        <source>This run keeps no look besides the one on the map; choose another run.</source>
        <translation>Dieser Lauf hat keinen Blick außer dem auf der Karte; einen anderen Lauf wählen.</translation>
    </message>
    <message>
        <source>Cancelled; choose a step to compare with.</source>
        <translation>Abgebrochen; zum Vergleich einen Schritt wählen.</translation>
    </message>
    <message>
        <source>Choose a run to compare with</source>
        <translation>Lauf wählen, mit dem verglichen wird</translation>
    </message>
    <message>
        <source>{other}: has no looks yet, so there is nothing to compare with</source>
        <translation>{other}: hat noch keine Blicke, also gibt es nichts zu vergleichen</translation>
    </message>
    <message>
        <source>Comparison: {message}</source>
        <translation>Vergleich: {message}</translation>
    </message>
    <message>
        <source>the other run</source>
        <translation>der andere Lauf</translation>
    </message>
    <message>
        <source>this run</source>
        <translation>dieser Lauf</translation>
    </message>
    <message>
        <source>step {step}</source>
        <translation>Schritt {step}</translation>
    </message>
    <message>
        <source>{there} of {name}</source>
        <translation>{there} von {name}</translation>
    </message>
    <message>
        <source>all {count} images</source>
        <translation>alle {count} Bilder</translation>
    </message>
    <message>
        <source>the {count} images that both have, of {shown_images} and {other_images}</source>
        <translation>die {count} Bilder, die beide haben, von {shown_images} und {other_images}</translation>
    </message>
    <message>
        <source>{METHOD_NAMES} · {here} of {name} against {other} · {images}</source>
        <translation>{METHOD_NAMES} · {here} von {name} gegen {other} · {images}</translation>
    </message>
    <message>
        <source>step {step}, {images} images</source>
        <translation>Schritt {step}, {images} Bilder</translation>
    </message>
    <message>
        <source>The search has ended: another distance is in force now</source>
        <translation>Die Suche ist beendet: Eine andere Distanz gilt jetzt</translation>
    </message>
    <message>
        <source>Search: {message}</source>
        <translation>Suche: {message}</translation>
    </message>
    <message>
        <source>Cancelled: {label}</source>
        <translation>Abgebrochen: {label}</translation>
    </message>
    <message>
        <source>{label}: {count} images</source>
        <translation>{label}: {count} Bilder</translation>
    </message>
    <message>
        <source>Something went wrong</source>
        <translation>Etwas ging schief</translation>
    </message>
    <message>
        <source>Training was stopped</source>
        <translation>Das Training wurde angehalten</translation>
    </message>
    <message>
        <source>Training is done</source>
        <translation>Das Training ist fertig</translation>
    </message>
    <message>
        <source>{run}at step {step}</source>
        <translation>{run}bei Schritt {step}</translation>
    </message>
    <message>
        <source>After {time}</source>
        <translation>Nach {time}</translation>
    </message>
    <message>
        <source>The evaluation is done</source>
        <translation>Die Auswertung ist fertig</translation>
    </message>
    <message>
        <source>The embeddings are read</source>
        <translation>Die Embeddings sind gelesen</translation>
    </message>
    <message>
        <source>The download is done</source>
        <translation>Der Download ist fertig</translation>
    </message>
    <message>
        <source>The export is done</source>
        <translation>Der Export ist fertig</translation>
    </message>
    <message>
        <source>The model is exported</source>
        <translation>Das Modell ist exportiert</translation>
    </message>
    <message>
        <source>The verdicts are there</source>
        <translation>Die Urteile sind da</translation>
    </message>
    <message>
        <source>The images were inspected</source>
        <translation>Die Bilder wurden durchgesehen</translation>
    </message>
    <message>
        <source>The search is done</source>
        <translation>Die Suche ist fertig</translation>
    </message>
    <message>
        <source>The scalars are written</source>
        <translation>Die Skalare sind geschrieben</translation>
    </message>
    <message>
        <source>Open a run, or train one: its held-out identities tell what &apos;unknown&apos; is worth.</source>
        <translation>Einen Lauf öffnen oder trainieren: Seine zurückgehaltenen Identitäten sagen, was „unbekannt“ wert ist.</translation>
    </message>
    <message>
        <source>Not measured yet for this look at the model, distance and rule.</source>
        <translation>Für diesen Blick, diese Distanz und Regel noch nicht gemessen.</translation>
    </message>
    <message>
        <source>Open-set rates: {message}</source>
        <translation>Raten der offenen Menge: {message}</translation>
    </message>
    <message>
        <source>{names} names by {shots} each, {strangers} strangers · {distance} · {snapshot}</source>
        <translation>{names} Namen mit je {shots}, {strangers} Fremde · {distance} · {snapshot}</translation>
    </message>
    <message>
        <source>There are no pairs: the held-out images make no genuine or no impostor pairs. Hold out at least two classes with two images each.</source>
        <translation>Es gibt keine Paare: Die zurückgehaltenen Bilder ergeben keine echten oder keine fremden. Mindestens zwei Klassen mit je zwei Bildern zurückhalten.</translation>
    </message>
    <message>
        <source>A list says of pairs whether they are of one identity, not whose images they are, so there is no table of identities. False accepts and False rejects show its pairs.</source>
        <translation>Eine Liste sagt von Paaren, ob sie von einer Identität sind, nicht, wessen Bilder es sind; daher gibt es keine Tabelle der Identitäten. Falsch echt und Falsch fremd zeigen ihre Paare.</translation>
    </message>
    <message>
        <source>The images of this run are not at hand: {dataset_problem}</source>
        <translation>Die Bilder dieses Laufs sind nicht zur Hand: {dataset_problem}</translation>
    </message>
    <message>
        <source>No pair of this look has such a distance any more.</source>
        <translation>Kein Paar dieses Blicks hat mehr eine solche Distanz.</translation>
    </message>
    <message>
        <source>The search for pairs was ended; choose a list again to begin anew</source>
        <translation>Die Suche nach Paaren wurde beendet; eine Liste neu wählen, um von vorn zu beginnen</translation>
    </message>
    <message>
        <source>Genuine pairs rejected at {at}</source>
        <translation>Echte Paare, abgelehnt bei {at}</translation>
    </message>
    <message>
        <source>Impostor pairs accepted at {at}</source>
        <translation>Fremde Paare, angenommen bei {at}</translation>
    </message>
    <message>
        <source>No {value} at this threshold, {at}.</source>
        <translation>Keine {value} bei dieser Schwelle, {at}.</translation>
    </message>
    <message>
        <source>genuine pair is rejected</source>
        <translation>echtes Paar wird abgelehnt</translation>
    </message>
    <message>
        <source>impostor pair is accepted</source>
        <translation>fremdes Paar wird angenommen</translation>
    </message>
    <message>
        <source>Choose a row of the table: its pairs of images will stand here.</source>
        <translation>Eine Zeile der Tabelle wählen: Ihre Bildpaare stehen dann hier.</translation>
    </message>
    <message>
        <source>No error between them at {threshold}.</source>
        <translation>Kein Fehler zwischen ihnen bei {threshold}.</translation>
    </message>
    <message>
        <source>Who is mistaken for whom</source>
        <translation>Wer mit wem verwechselt wird</translation>
    </message>
    <message>
        <source>The {MOST_ROWS} with the most errors.</source>
        <translation>Die {MOST_ROWS} mit den meisten Fehlern.</translation>
    </message>
    <message>
        <source>No error at this threshold, {threshold}.</source>
        <translation>Kein Fehler bei dieser Schwelle, {threshold}.</translation>
    </message>
    <message>
        <source>as of {step}</source>
        <translation>Stand {step}</translation>
    </message>
    <message>
        <source>search for a learning rate</source>
        <translation>Suche nach einer Lernrate</translation>
    </message>
    <message>
        <source>The next run starts with the learning rate {rate:g}</source>
        <translation>Der nächste Lauf beginnt mit der Lernrate {rate:g}</translation>
    </message>
    <message>
        <source>No learning rate was found: {message}</source>
        <translation>Keine Lernrate gefunden: {message}</translation>
    </message>
    <message>
        <source>the evaluation</source>
        <translation>die Auswertung</translation>
    </message>
    <message>
        <source>the protocol</source>
        <translation>das Protokoll</translation>
    </message>
    <message>
        <source>the comparison</source>
        <translation>der Vergleich</translation>
    </message>
    <message>
        <source>start a run or open one first</source>
        <translation>erst einen Lauf starten oder öffnen</translation>
    </message>
    <message>
        <source>Other images are excluded by now. Evaluate again to leave them out.</source>
        <translation>Inzwischen sind andere Bilder ausgeschlossen. Neu auswerten lässt sie weg.</translation>
    </message>
    <message>
        <source>the run has no checkpoint yet; the first is kept after its first epoch</source>
        <translation>der Lauf hat noch keinen Checkpoint; der erste wird nach seiner ersten Epoche aufbewahrt</translation>
    </message>
    <message>
        <source>The calibration was not kept: {message}</source>
        <translation>Die Kalibrierung wurde nicht behalten: {message}</translation>
    </message>
    <message>
        <source>Choose a run to compare</source>
        <translation>Lauf zum Vergleichen wählen</translation>
    </message>
    <message>
        <source>{path}: not a run folder, it has no run.json</source>
        <translation>{path}: kein Lauf-Ordner, er hat keine run.json</translation>
    </message>
    <message>
        <source>Verify takes its probability from the {NAMES} calibration from now on</source>
        <translation>Prüfen nimmt seine Wahrscheinlichkeit von nun an aus der Kalibrierung {NAMES}</translation>
    </message>
    <message>
        <source>{true} taken for {predicted}</source>
        <translation>{true} für {predicted} gehalten</translation>
    </message>
    <message>
        <source>{true} that were recognised</source>
        <translation>{true}, die erkannt wurden</translation>
    </message>
    <message>
        <source>1 image</source>
        <translation>1 Bild</translation>
    </message>
    <message>
        <source>{rows} images</source>
        <translation>{rows} Bilder</translation>
    </message>
    <message>
        <source>Selected {images} of {what}</source>
        <translation>{images} von {what} ausgewählt</translation>
    </message>
    <message>
        <source>step {step} · {DISTANCE_LABELS}</source>
        <translation>Schritt {step} · {DISTANCE_LABELS}</translation>
    </message>
    <message>
        <source>Protocol: {figure} {mean} ({made_with})</source>
        <translation>Protokoll: {figure} {mean} ({made_with})</translation>
    </message>
    <message>
        <source>Evaluated step {step}: AUC {auc:.4f}, EER {eer}</source>
        <translation>Schritt {step} ausgewertet: AUC {auc:.4f}, EER {eer}</translation>
    </message>
    <message>
        <source>Compared {names} on {images} images</source>
        <translation>{names} auf {images} Bildern verglichen</translation>
    </message>
    <message>
        <source>{upper}{kind} did not work out: {message}</source>
        <translation>{upper}{kind} ist nicht gelungen: {message}</translation>
    </message>
    <message>
        <source>Cancelled {kind}; nothing was kept of it</source>
        <translation>{kind} abgebrochen; nichts davon wurde behalten</translation>
    </message>
    <message>
        <source>A run is training; stop it first to change this.</source>
        <translation>Ein Lauf trainiert; zum Ändern erst anhalten.</translation>
    </message>
    <message>
        <source>a run folder can be dropped anywhere, a folder or a list of images too; single images on the slots of Verify</source>
        <translation>ein Lauf-Ordner kann überall abgelegt werden, ebenso ein Ordner oder eine Liste mit Bildern; einzelne Bilder auf den Feldern von Prüfen</translation>
    </message>
    <message>
        <source>loading torch</source>
        <translation>torch wird geladen</translation>
    </message>
    <message>
        <source>Pausing after this step …</source>
        <translation>Pausiert nach diesem Schritt …</translation>
    </message>
    <message>
        <source>ending after this step</source>
        <translation>endet nach diesem Schritt</translation>
    </message>
    <message>
        <source>{name}: cannot be opened while a run is training; stop that one first</source>
        <translation>{name}: lässt sich nicht öffnen, während ein Lauf trainiert; diesen erst anhalten</translation>
    </message>
    <message>
        <source>Opening {path} …</source>
        <translation>{path} wird geöffnet …</translation>
    </message>
    <message>
        <source>{paths} things were dropped at once; {DROP}</source>
        <translation>{paths} Dinge wurden auf einmal abgelegt; {DROP}</translation>
    </message>
    <message>
        <source>{what} requested</source>
        <translation>{what} angefordert</translation>
    </message>
    <message>
        <source>Training on {training_images} images, {kind}</source>
        <translation>Training mit {training_images} Bildern, {kind}</translation>
    </message>
    <message>
        <source>; {problems} left out</source>
        <translation>; {problems} ausgelassen</translation>
    </message>
    <message>
        <source>Paused after step {step}; the live settings can be changed meanwhile</source>
        <translation>Pausiert nach Schritt {step}; die laufenden Einstellungen lassen sich unterdessen ändern</translation>
    </message>
    <message>
        <source>Goes on from step {step}</source>
        <translation>Geht bei Schritt {step} weiter</translation>
    </message>
    <message>
        <source>{seen} (step {step})</source>
        <translation>{seen} (Schritt {step})</translation>
    </message>
    <message>
        <source>Step {step}: the held-out part has no genuine or no impostor pairs</source>
        <translation>Schritt {step}: Der zurückgehaltene Teil hat keine echten oder keine fremden Paare</translation>
    </message>
    <message>
        <source>Step {step}: AUC {auc:.4f}</source>
        <translation>Schritt {step}: AUC {auc:.4f}</translation>
    </message>
    <message>
        <source>EER {eer}</source>
        <translation>EER {eer}</translation>
    </message>
    <message>
        <source>accuracy {classification_accuracy}</source>
        <translation>Genauigkeit {classification_accuracy}</translation>
    </message>
    <message>
        <source> on {images} held-out images</source>
        <translation> auf {images} zurückgehaltenen Bildern</translation>
    </message>
    <message>
        <source>Failed after step {step}</source>
        <translation>Fehlgeschlagen nach Schritt {step}</translation>
    </message>
    <message>
        <source>Not started</source>
        <translation>Nicht begonnen</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Stopped before the first step</source>
        <translation>Vor dem ersten Schritt angehalten</translation>
    </message>
    <message>
        <source>{word} at step {step}</source>
        <translation>{word} bei Schritt {step}</translation>
    </message>
    <message>
        <source>{word} at step {step}; kept in {get}</source>
        <translation>{word} bei Schritt {step}; liegt in {get}</translation>
    </message>
    <message>
        <source>{name}: not shown, since a run was started meanwhile</source>
        <translation>{name}: nicht gezeigt, da unterdessen ein Lauf begonnen wurde</translation>
    </message>
    <message>
        <source>Opened at step {model_step}</source>
        <translation>Geöffnet bei Schritt {model_step}</translation>
    </message>
    <message>
        <source>Following {path}, which another process trains: sliders, Pause and Stop ask that process; a threshold or an exclusion chosen here is not kept until it has ended</source>
        <translation>Folgt {path}, den ein anderer Prozess trainiert: Regler, Pause und Stopp bitten jenen Prozess; eine Schwelle oder ein Ausschluss von hier wird nicht behalten, bis er geendet hat</translation>
    </message>
    <message>
        <source>{path}: opened to read only, since another process trains it; what is chosen here is not kept with it until that has ended</source>
        <translation>{path}: nur zum Lesen geöffnet, da ein anderer Prozess ihn trainiert; was hier gewählt wird, bleibt nicht bei ihm, bis dieser geendet hat</translation>
    </message>
    <message>
        <source>Opened without its images: {dataset_problem}</source>
        <translation>Ohne Bilder geöffnet: {dataset_problem}</translation>
    </message>
    <message>
        <source>Opened {path}</source>
        <translation>{path} geöffnet</translation>
    </message>
    <message>
        <source>Open one of these runs first: Evaluation compares others with the run that the window shows.</source>
        <translation>Erst einen dieser Läufe öffnen: Auswertung vergleicht andere mit dem Lauf, den das Fenster zeigt.</translation>
    </message>
    <message>
        <source>End the export; the file that is being written goes.</source>
        <translation>Den Export beenden; die Datei, die gerade geschrieben wird, wird entfernt.</translation>
    </message>
    <message>
        <source>Choose a folder of runs</source>
        <translation>Ordner mit Läufen wählen</translation>
    </message>
    <message>
        <source>{path}: no program here shows folders</source>
        <translation>{path}: kein Programm hier zeigt Ordner</translation>
    </message>
    <message>
        <source>Renamed {name} to {name_2}</source>
        <translation>{name} in {name_2} umbenannt</translation>
    </message>
    <message>
        <source>rename the run {name}</source>
        <translation>den Lauf {name} umbenennen</translation>
    </message>
    <message>
        <source>write the note on {name}</source>
        <translation>die Notiz zu {name} schreiben</translation>
    </message>
    <message>
        <source>archive {runs}</source>
        <translation>{runs} archivieren</translation>
    </message>
    <message>
        <source>unarchive {runs}</source>
        <translation>{runs} aus dem Archiv holen</translation>
    </message>
    <message>
        <source>Archived {runs}; Ctrl+Z takes it back</source>
        <translation>{runs} archiviert; Strg+Z nimmt es zurück</translation>
    </message>
    <message>
        <source>Unarchived {runs}; Ctrl+Z takes it back</source>
        <translation>{runs} aus dem Archiv geholt; Strg+Z nimmt es zurück</translation>
    </message>
    <message>
        <source>Moved {runs} to {where}; Ctrl+Z brings back what was deleted</source>
        <translation>{runs} verschoben: {where}; Strg+Z bringt das Gelöschte zurück</translation>
    </message>
    <message>
        <source>Moved {runs} to {where}; the trash gives back what was deleted</source>
        <translation>{runs} verschoben: {where}; der Papierkorb gibt das Gelöschte wieder her</translation>
    </message>
    <message>
        <source>delete {gone}</source>
        <translation>{gone} löschen</translation>
    </message>
    <message>
        <source>the trash</source>
        <translation>der Papierkorb</translation>
    </message>
    <message>
        <source>{parent}, since their volume has no trash</source>
        <translation>{parent}, da ihr Datenträger keinen Papierkorb hat</translation>
    </message>
    <message>
        <source>Choose the folder that TensorBoard is to read: each run gets a folder in it</source>
        <translation>Den Ordner wählen, den TensorBoard lesen soll: Jeder Lauf bekommt einen Ordner darin</translation>
    </message>
    <message>
        <source>Write the figures of every step</source>
        <translation>Die Größen jedes Schritts schreiben</translation>
    </message>
    <message>
        <source>An export of scalars is under way; wait for it, or cancel it below</source>
        <translation>Ein Export der Skalare läuft; warten oder unten abbrechen</translation>
    </message>
    <message>
        <source>writing scalars</source>
        <translation>Skalare werden geschrieben</translation>
    </message>
    <message>
        <source>scalars</source>
        <translation>Skalare</translation>
    </message>
    <message>
        <source>Cancelled the export of scalars</source>
        <translation>Export der Skalare abgebrochen</translation>
    </message>
    <message>
        <source>the run {name}</source>
        <translation>der Lauf {name}</translation>
    </message>
    <message>
        <source>Choose a folder to copy the images into</source>
        <translation>Ordner wählen, in den die Bilder kopiert werden</translation>
    </message>
    <message>
        <source>Choose where the folder is made</source>
        <translation>Wählen, wo der Ordner angelegt wird</translation>
    </message>
    <message>
        <source>Export a table of the images</source>
        <translation>Tabelle der Bilder exportieren</translation>
    </message>
    <message>
        <source>exporting</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Wrote {rows} to {path}</source>
        <translation>{rows} nach {path} geschrieben</translation>
    </message>
    <message>
        <source>Copied {copied} to {folder}</source>
        <translation>{copied} nach {folder} kopiert</translation>
    </message>
    <message>
        <source>; {problems} could not be read</source>
        <translation>; {problems} waren nicht lesbar</translation>
    </message>
    <message>
        <source>Cancelled: {lower}{text}</source>
        <translation>Abgebrochen: {lower}{text}</translation>
    </message>
    <message>
        <source>Open the map by: tensorboard --logdir {path}{notes}</source>
        <translation>Die Karte öffnen mit: tensorboard --logdir {path}{notes}</translation>
    </message>
    <message>
        <source>The selections that are kept with this run are still being read.</source>
        <translation>Die mit diesem Lauf aufbewahrten Auswahlen werden noch gelesen.</translation>
    </message>
    <message>
        <source>Kept selections: {message}</source>
        <translation>Aufbewahrte Auswahlen: {message}</translation>
    </message>
    <message>
        <source>The selections were not kept with the run: {message}</source>
        <translation>Die Auswahlen wurden nicht mit dem Lauf behalten: {message}</translation>
    </message>
    <message>
        <source>The selections that could not be read are kept as {name}</source>
        <translation>Die nicht lesbaren Auswahlen sind als {name} aufbewahrt</translation>
    </message>
    <message>
        <source>save the selection {name}</source>
        <translation>die Auswahl {name} speichern</translation>
    </message>
    <message>
        <source>Kept {samples} as {name}</source>
        <translation>{samples} als {name} aufbewahrt</translation>
    </message>
    <message>
        <source>rename the selection {before}</source>
        <translation>die Auswahl {before} umbenennen</translation>
    </message>
    <message>
        <source>delete the selection {name}</source>
        <translation>die Auswahl {name} löschen</translation>
    </message>
    <message>
        <source>Deleted the selection {name}; Ctrl+Z brings it back</source>
        <translation>Auswahl {name} gelöscht; Strg+Z bringt sie zurück</translation>
    </message>
    <message>
        <source>{name}: {selection} selected</source>
        <translation>{name}: {selection} ausgewählt</translation>
    </message>
    <message>
        <source> and {count} more</source>
        <translation> und {count} weitere</translation>
    </message>
    <message>
        <source>; this run has no image {gone}{others}</source>
        <translation>; dieser Lauf hat kein Bild {gone}{others}</translation>
    </message>
    <message>
        <source>class vectors&apos; rate</source>
        <translation>Rate der Klassenvektoren</translation>
    </message>
    <message>
        <source>threshold {first} → {second}</source>
        <translation>Schwelle {first} → {second}</translation>
    </message>
    <message>
        <source>threshold {second}</source>
        <translation>Schwelle {second}</translation>
    </message>
    <message>
        <source>Earlier looks are laid out when training has ended, which needs the processor.</source>
        <translation>Frühere Blicke werden gezeichnet, wenn das Training zu Ende ist, das den Prozessor braucht.</translation>
    </message>
    <message>
        <source>All looks that are kept with the run are laid out.</source>
        <translation>Alle mit dem Lauf aufbewahrten Blicke sind gezeichnet.</translation>
    </message>
    <message>
        <source>the pairs</source>
        <translation>die Paare</translation>
    </message>
    <message>
        <source>Start a run or open one first: its model then judges the pairs.</source>
        <translation>Erst einen Lauf starten oder öffnen: Sein Modell beurteilt dann die Paare.</translation>
    </message>
    <message>
        <source>Saved {path}</source>
        <translation>{path} gespeichert</translation>
    </message>
    <message>
        <source>The window compares by {label} now; these distances and their threshold are others.</source>
        <translation>Das Fenster vergleicht jetzt mit {label}; diese Distanzen und ihre Schwelle sind andere.</translation>
    </message>
    <message>
        <source>As of step {step}; the model is at step {now}.</source>
        <translation>Stand Schritt {step}; das Modell ist bei Schritt {now}.</translation>
    </message>
    <message>
        <source>The pairs could not be judged: {message}</source>
        <translation>Die Paare konnten nicht beurteilt werden: {message}</translation>
    </message>
    <message>
        <source>Cancelled before a pair was judged</source>
        <translation>Abgebrochen, bevor ein Paar beurteilt war</translation>
    </message>
    <message>
        <source>Cancelled: {judged} of {whole} pairs were judged and are kept</source>
        <translation>Abgebrochen: {judged} von {whole} Paaren wurden beurteilt und sind behalten</translation>
    </message>
    <message>
        <source>1 pair</source>
        <translation>1 Paar</translation>
    </message>
    <message>
        <source>{judged} pairs</source>
        <translation>{judged} Paare</translation>
    </message>
    <message>
        <source>Judged {pairs} of {title}</source>
        <translation>{pairs} von {title} beurteilt</translation>
    </message>
    <message>
        <source>Start a run or open one first: its model then looks at the images.</source>
        <translation>Erst einen Lauf starten oder öffnen: Sein Modell sieht dann die Bilder an.</translation>
    </message>
    <message>
        <source>The model is coming: a copy of the weights is made after the first steps.</source>
        <translation>Das Modell kommt: Nach den ersten Schritten wird eine Kopie der Gewichte gemacht.</translation>
    </message>
    <message>
        <source>The model is coming: the process that trains the run keeps one at the end of each epoch.</source>
        <translation>Das Modell kommt: Der Prozess, der den Lauf trainiert, bewahrt am Ende jeder Epoche eines auf.</translation>
    </message>
    <message>
        <source>Loading the model …</source>
        <translation>Modell wird geladen …</translation>
    </message>
    <message>
        <source>{path}: cannot be written ({strerror})</source>
        <translation>{path}: nicht schreibbar ({strerror})</translation>
    </message>
    <message>
        <source>{path}: cannot be removed ({strerror})</source>
        <translation>{path}: lässt sich nicht entfernen ({strerror})</translation>
    </message>
    <message>
        <source>--add-to-menu: is for Linux desktops, found {platform}</source>
        <translation>--add-to-menu: ist für Linux-Desktops, gefunden: {platform}</translation>
    </message>
    <message>
        <source>About metric-explorer</source>
        <translation>Über metric-explorer</translation>
    </message>
    <message>
        <source>metric-explorer {version}

Train image embeddings, watch them form, choose a threshold you can defend.

MIT licence</source>
        <translation>metric-explorer {version}

Bild-Embeddings trainieren, ihrem Entstehen zusehen, eine belegbare Schwelle wählen.

MIT-Lizenz</translation>
    </message>
    <message>
        <source>Drag a tab out to move its panel, double-click it to take the panel out of the window.</source>
        <translation>Einen Reiter herausziehen, um sein Panel zu verschieben; ein Doppelklick nimmt es aus dem Fenster.</translation>
    </message>
    <message>
        <source>Take out of the window</source>
        <translation>Aus dem Fenster nehmen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Run setup</source>
        <translation>Laufaufbau</translation>
    </message>
    <message>
        <source>Settings (live)</source>
        <translation>Einstellungen (laufend)</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Pairs</source>
        <translation>Paare</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>Auswertung</translation>
    </message>
    <message>
        <source>Verdicts</source>
        <translation>Urteile</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Kurven</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Log</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Gallery</source>
        <translation>Galerie</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>Handbuch</translation>
    </message>
    <message>
        <source>Pages of the guide</source>
        <translation>Seiten des Handbuchs</translation>
    </message>
    <message>
        <source>A click turns to a page.</source>
        <translation>Ein Klick schlägt eine Seite auf.</translation>
    </message>
    <message>
        <source>Page of the guide</source>
        <translation>Seite des Handbuchs</translation>
    </message>
    <message>
        <source>Drag a mark, or choose it with Tab and move it with the arrow keys (Shift: ten times as far).</source>
        <translation>Eine Marke ziehen, oder mit Tab wählen und mit den Pfeiltasten bewegen (Umschalt: zehnmal so weit).</translation>
    </message>
    <message>
        <source>{} at {}, {}</source>
        <translation>{} bei {}, {}</translation>
    </message>
    <message>
        <source>Contrastive against triplet</source>
        <translation>Kontrastiv gegen Triplet</translation>
    </message>
    <message>
        <source>Press Play: the contrastive loss pulls each class to a point, the triplet loss rests as soon as every negative is farther than the positives by the margin.</source>
        <translation>Abspielen drücken: Der kontrastive Verlust zieht jede Klasse auf einen Punkt, der Triplet-Verlust ruht, sobald jedes Negative um den Abstand ferner ist als die Positiven.</translation>
    </message>
    <message>
        <source>contrastive loss (d²)</source>
        <translation>kontrastiver Verlust (d²)</translation>
    </message>
    <message>
        <source>Share of all pairs that still cost something.</source>
        <translation>Anteil aller Paare, die noch etwas kosten.</translation>
    </message>
    <message>
        <source>triplet loss</source>
        <translation>Triplet-Verlust</translation>
    </message>
    <message>
        <source>Share of all triplets that still cost something.</source>
        <translation>Anteil aller Triplets, die noch etwas kosten.</translation>
    </message>
    <message>
        <source>Cosine of the angle between both gradients: 1 where they pull alike.</source>
        <translation>Kosinus des Winkels zwischen beiden Gradienten: 1, wo sie gleich ziehen.</translation>
    </message>
    <message>
        <source>agreement</source>
        <translation>Übereinstimmung</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Take step after step, until neither loss pulls any more.</source>
        <translation>Schritt um Schritt gehen, bis kein Verlust mehr zieht.</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Take one step by both losses.</source>
        <translation>Einen Schritt mit beiden Verlusten gehen.</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Von vorn</translation>
    </message>
    <message>
        <source>Put all points back, in both planes.</source>
        <translation>Alle Punkte zurücksetzen, in beiden Ebenen.</translation>
    </message>
    <message>
        <source>contrastive margin</source>
        <translation>kontrastiver Abstand</translation>
    </message>
    <message>
        <source>So far apart, two classes are let be.</source>
        <translation>So weit auseinander werden zwei Klassen in Ruhe gelassen.</translation>
    </message>
    <message>
        <source>triplet margin</source>
        <translation>Triplet-Abstand</translation>
    </message>
    <message>
        <source>How much farther a negative must be.</source>
        <translation>Wie viel ferner ein Negatives sein muss.</translation>
    </message>
    <message>
        <source>step size</source>
        <translation>Schrittweite</translation>
    </message>
    <message>
        <source>How far a step goes; large ones overshoot.</source>
        <translation>Wie weit ein Schritt geht; große schießen über das Ziel.</translation>
    </message>
    <message>
        <source>point {} of class {}</source>
        <translation>Punkt {} der Klasse {}</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>What training would bring down.</source>
        <translation>Was das Training senken würde.</translation>
    </message>
    <message>
        <source>active</source>
        <translation>aktiv</translation>
    </message>
    <message>
        <source>genuine d</source>
        <translation>d echter</translation>
    </message>
    <message>
        <source>Mean distance of two points of one class.</source>
        <translation>Mittlere Distanz zweier Punkte einer Klasse.</translation>
    </message>
    <message>
        <source>impostor d</source>
        <translation>d fremder</translation>
    </message>
    <message>
        <source>Mean distance of two points of different classes.</source>
        <translation>Mittlere Distanz zweier Punkte verschiedener Klassen.</translation>
    </message>
    <message>
        <source>gradient</source>
        <translation>Gradient</translation>
    </message>
    <message>
        <source>Length of the gradient: how hard the loss pulls.</source>
        <translation>Länge des Gradienten: wie stark der Verlust zieht.</translation>
    </message>
    <message>
        <source>Euclidean</source>
        <translation>Euklidisch</translation>
    </message>
    <message>
        <source>Every direction counts alike: circles.</source>
        <translation>Jede Richtung zählt gleich: Kreise.</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>Kosinus</translation>
    </message>
    <message>
        <source>Only the direction from the origin counts, not the length: sectors.</source>
        <translation>Nur die Richtung vom Ursprung zählt, nicht die Länge: Sektoren.</translation>
    </message>
    <message>
        <source>Mahalanobis</source>
        <translation>Mahalanobis</translation>
    </message>
    <message>
        <source>A direction in which the cloud is wide counts little: ellipses, as the cloud lies.</source>
        <translation>Eine Richtung, in der die Wolke breit ist, zählt wenig: Ellipsen, wie die Wolke liegt.</translation>
    </message>
    <message>
        <source>Three distances</source>
        <translation>Drei Distanzen</translation>
    </message>
    <message>
        <source>Choose Mahalanobis and raise the correlation: its ellipses follow the cloud, W makes them circles, and whether a or b is nearer to x changes with the distance.</source>
        <translation>Mahalanobis wählen und die Korrelation erhöhen: Die Ellipsen folgen der Wolke, W macht Kreise daraus, und ob a oder b näher an x liegt, ändert sich mit der Distanz.</translation>
    </message>
    <message>
        <source>distance</source>
        <translation>Distanz</translation>
    </message>
    <message>
        <source>What &apos;near&apos; means.</source>
        <translation>Was „nah“ bedeutet.</translation>
    </message>
    <message>
        <source>the cloud with lines of equal distance</source>
        <translation>die Wolke mit Linien gleicher Distanz</translation>
    </message>
    <message>
        <source>1st value after the map</source>
        <translation>1. Wert nach der Abbildung</translation>
    </message>
    <message>
        <source>2nd value after the map</source>
        <translation>2. Wert nach der Abbildung</translation>
    </message>
    <message>
        <source>the cloud after the map</source>
        <translation>die Wolke nach der Abbildung</translation>
    </message>
    <message>
        <source>Distances of a and of b from x, and which is nearer.</source>
        <translation>Distanzen von a und von b zu x, und welches näher ist.</translation>
    </message>
    <message>
        <source>correlation</source>
        <translation>Korrelation</translation>
    </message>
    <message>
        <source>How far the cloud&apos;s 2nd value follows the 1st.</source>
        <translation>Wie sehr der 2. Wert der Wolke dem 1. folgt.</translation>
    </message>
    <message>
        <source>lines of equal distance from x:</source>
        <translation>Linien gleicher Distanz von x:</translation>
    </message>
    <message>
        <source>25, 50 and 75 % of the cloud are inside</source>
        <translation>25, 50 und 75 % der Wolke liegen innen</translation>
    </message>
    <message>
        <source>after x ↦ W x, seen from the middle</source>
        <translation>nach x ↦ W x, von der Mitte aus gesehen</translation>
    </message>
    <message>
        <source>every point brought to length 1</source>
        <translation>jeder Punkt auf Länge 1 gebracht</translation>
    </message>
    <message>
        <source>as it was, seen from the middle</source>
        <translation>wie es war, von der Mitte aus gesehen</translation>
    </message>
    <message>
        <source>Share of points whose class the majority of their k nearest names.</source>
        <translation>Anteil der Punkte, deren Klasse die Mehrheit ihrer k nächsten nennt.</translation>
    </message>
    <message>
        <source>What the majority of its k nearest says; lines lead to them.</source>
        <translation>Was die Mehrheit seiner k nächsten sagt; Linien führen zu ihnen.</translation>
    </message>
    <message>
        <source>Learning a linear metric</source>
        <translation>Eine lineare Metrik lernen</translation>
    </message>
    <message>
        <source>Raise the spread in the useless direction: the Euclidean regions fray, while the learned metric hardly looks in that direction and keeps them apart; drag the query to see who votes.</source>
        <translation>Die Streuung in der unnützen Richtung erhöhen: Die euklidischen Gebiete zerfransen, während die gelernte Metrik kaum in diese Richtung sieht und sie getrennt hält; die Anfrage ziehen, um zu sehen, wer abstimmt.</translation>
    </message>
    <message>
        <source>Divides by the spread within the classes.</source>
        <translation>Teilt durch die Streuung innerhalb der Klassen.</translation>
    </message>
    <message>
        <source>NCA</source>
        <translation>NCA</translation>
    </message>
    <message>
        <source>Goes on from there, until neighbours are of one class as often as can be.</source>
        <translation>Geht von dort weiter, bis Nachbarn so oft wie möglich von einer Klasse sind.</translation>
    </message>
    <message>
        <source>learned metric</source>
        <translation>gelernte Metrik</translation>
    </message>
    <message>
        <source>How the metric at the right is learned.</source>
        <translation>Wie die Metrik rechts gelernt wird.</translation>
    </message>
    <message>
        <source>query</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>before: Euclidean</source>
        <translation>davor: euklidisch</translation>
    </message>
    <message>
        <source>after: learned</source>
        <translation>danach: gelernt</translation>
    </message>
    <message>
        <source>k-NN accuracy</source>
        <translation>k-NN-Genauigkeit</translation>
    </message>
    <message>
        <source>query&apos;s class</source>
        <translation>Klasse der Anfrage</translation>
    </message>
    <message>
        <source>class {}</source>
        <translation>Klasse {}</translation>
    </message>
    <message>
        <source>useless spread</source>
        <translation>unnütze Streuung</translation>
    </message>
    <message>
        <source>How far points spread in the direction that says nothing of the class.</source>
        <translation>Wie weit Punkte in der Richtung streuen, die nichts über die Klasse sagt.</translation>
    </message>
    <message>
        <source>k</source>
        <translation>k</translation>
    </message>
    <message>
        <source>How many nearest neighbours vote.</source>
        <translation>Wie viele nächste Nachbarn abstimmen.</translation>
    </message>
    <message>
        <source>ringed: the nearest neighbour is of another class</source>
        <translation>umringt: Nächster anderer Klasse</translation>
    </message>
    <message>
        <source>Euclidean distance</source>
        <translation>euklidische Distanz</translation>
    </message>
    <message>
        <source>cosine distance</source>
        <translation>Kosinusdistanz</translation>
    </message>
    <message>
        <source>Why normalise</source>
        <translation>Warum normieren</translation>
    </message>
    <message>
        <source>Raise the spread of lengths: Euclidean neighbours are then those of like length, and errors mount, while at length 1 only the direction is left, and it is what tells the class.</source>
        <translation>Die Streuung der Längen erhöhen: Euklidische Nachbarn sind dann die von gleicher Länge, und Fehler häufen sich, während bei Länge 1 nur die Richtung bleibt, und sie verrät die Klasse.</translation>
    </message>
    <message>
        <source>1st value / length</source>
        <translation>1. Wert / Länge</translation>
    </message>
    <message>
        <source>2nd value / length</source>
        <translation>2. Wert / Länge</translation>
    </message>
    <message>
        <source>embeddings as they are</source>
        <translation>Embeddings, wie sie sind</translation>
    </message>
    <message>
        <source>embeddings at length 1</source>
        <translation>Embeddings auf Länge 1</translation>
    </message>
    <message>
        <source>errors</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Points whose nearest neighbour is of another class.</source>
        <translation>Punkte, deren nächster Nachbar aus einer anderen Klasse ist.</translation>
    </message>
    <message>
        <source>00 of 00</source>
        <translation>00 von 00</translation>
    </message>
    <message>
        <source>query&apos;s neighbour</source>
        <translation>Nachbar der Anfrage</translation>
    </message>
    <message>
        <source>Class of the point that is nearest to the query; a line leads to it.</source>
        <translation>Klasse des Punktes, der der Anfrage am nächsten ist; eine Linie führt zu ihm.</translation>
    </message>
    <message>
        <source>spread of lengths</source>
        <translation>Streuung der Längen</translation>
    </message>
    <message>
        <source>How unlike the lengths are; 0 makes them all equal.</source>
        <translation>Wie ungleich die Längen sind; 0 macht alle gleich.</translation>
    </message>
    <message>
        <source>spread of angles</source>
        <translation>Streuung der Winkel</translation>
    </message>
    <message>
        <source>How far directions of one class differ, in degrees.</source>
        <translation>Wie sehr sich Richtungen einer Klasse unterscheiden, in Grad.</translation>
    </message>
    <message>
        <source>{} of {}</source>
        <translation>{} von {}</translation>
    </message>
    <message>
        <source>genuine</source>
        <translation>echt</translation>
    </message>
    <message>
        <source>impostor</source>
        <translation>fremd</translation>
    </message>
    <message>
        <source>TPR, FPR and ROC</source>
        <translation>TPR, FPR und ROC</translation>
    </message>
    <message>
        <source>Drag the threshold and see the shaded areas become TPR and FPR, the point on the curve; then push both distributions apart and see the curve rise to the corner.</source>
        <translation>Die Schwelle ziehen und sehen, wie die gefärbten Flächen zu TPR und FPR werden, zum Punkt auf der Kurve; dann beide Verteilungen auseinanderschieben und die Kurve in die Ecke steigen sehen.</translation>
    </message>
    <message>
        <source>genuine mean</source>
        <translation>Mittel der echten</translation>
    </message>
    <message>
        <source>Mean distance of genuine pairs.</source>
        <translation>Mittlere Distanz der echten Paare.</translation>
    </message>
    <message>
        <source>genuine spread</source>
        <translation>Streuung der echten</translation>
    </message>
    <message>
        <source>Standard deviation of genuine pairs&apos; distances.</source>
        <translation>Standardabweichung der Distanzen echter Paare.</translation>
    </message>
    <message>
        <source>impostor mean</source>
        <translation>Mittel der fremden</translation>
    </message>
    <message>
        <source>Mean distance of impostor pairs.</source>
        <translation>Mittlere Distanz der fremden Paare.</translation>
    </message>
    <message>
        <source>impostor spread</source>
        <translation>Streuung der fremden</translation>
    </message>
    <message>
        <source>Standard deviation of impostor pairs&apos; distances.</source>
        <translation>Standardabweichung der Distanzen fremder Paare.</translation>
    </message>
    <message>
        <source>threshold</source>
        <translation>Schwelle</translation>
    </message>
    <message>
        <source>Pairs up to this distance are accepted.</source>
        <translation>Paare bis zu dieser Distanz werden angenommen.</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>Mittelwert</translation>
    </message>
    <message>
        <source>spread</source>
        <translation>Streuung</translation>
    </message>
    <message>
        <source>distributions of distances</source>
        <translation>Verteilungen der Distanzen</translation>
    </message>
    <message>
        <source>density</source>
        <translation>Dichte</translation>
    </message>
    <message>
        <source>ROC curve of the two distributions</source>
        <translation>ROC-Kurve der beiden Verteilungen</translation>
    </message>
    <message>
        <source>false positive rate (FPR)</source>
        <translation>Falsch-positiv-Rate (FPR)</translation>
    </message>
    <message>
        <source>TPR</source>
        <translation>TPR</translation>
    </message>
    <message>
        <source>Share of genuine pairs that are accepted: their shaded area.</source>
        <translation>Anteil der echten Paare, die angenommen werden: ihre gefärbte Fläche.</translation>
    </message>
    <message>
        <source>Share of impostor pairs that are accepted: their shaded area.</source>
        <translation>Anteil der fremden Paare, die angenommen werden: ihre gefärbte Fläche.</translation>
    </message>
    <message>
        <source>Share of genuine pairs that are rejected: 100 % − TPR.</source>
        <translation>Anteil der echten Paare, die abgelehnt werden: 100 % − TPR.</translation>
    </message>
    <message>
        <source>How often a genuine pair is nearer than an impostor pair.</source>
        <translation>Wie oft ein echtes Paar näher ist als ein fremdes.</translation>
    </message>
    <message>
        <source>Error rate at the threshold where FPR and FNR are equal.</source>
        <translation>Fehlerrate bei der Schwelle, wo FPR und FNR gleich sind.</translation>
    </message>
    <message>
        <source>classification</source>
        <translation>Klassifikation</translation>
    </message>
    <message>
        <source>segmentation</source>
        <translation>Segmentierung</translation>
    </message>
    <message>
        <source>metric</source>
        <translation>metrisch</translation>
    </message>
    <message>
        <source>α classification</source>
        <translation>α Klassifikation</translation>
    </message>
    <message>
        <source>β segmentation</source>
        <translation>β Segmentierung</translation>
    </message>
    <message>
        <source>γ metric</source>
        <translation>γ metrisch</translation>
    </message>
    <message>
        <source>Share of this task in the length of all three gradients, and what the step does to its loss.</source>
        <translation>Anteil dieser Aufgabe an der Länge aller drei Gradienten, und was der Schritt mit ihrem Verlust macht.</translation>
    </message>
    <message>
        <source>fixed</source>
        <translation>fest</translation>
    </message>
    <message>
        <source>The sliders alone weigh: gradients are simply added.</source>
        <translation>Nur die Regler wiegen: Gradienten werden einfach addiert.</translation>
    </message>
    <message>
        <source>UPGrad</source>
        <translation>UPGrad</translation>
    </message>
    <message>
        <source>Bends gradients that work against one another: no task gets worse by the step.</source>
        <translation>Biegt Gradienten, die gegeneinander arbeiten: Keine Aufgabe wird durch den Schritt schlechter.</translation>
    </message>
    <message>
        <source>MGDA</source>
        <translation>MGDA</translation>
    </message>
    <message>
        <source>The shortest sum: leans to the task with the smallest gradient.</source>
        <translation>Die kürzeste Summe: neigt zur Aufgabe mit dem kleinsten Gradienten.</translation>
    </message>
    <message>
        <source>Aligned-MTL</source>
        <translation>Aligned-MTL</translation>
    </message>
    <message>
        <source>Brings gradients to one scale and at right angles first.</source>
        <translation>Bringt Gradienten erst auf einen Maßstab und in rechte Winkel.</translation>
    </message>
    <message>
        <source>Who drives the gradient</source>
        <translation>Wer den Gradienten treibt</translation>
    </message>
    <message>
        <source>See whose loss rises under the plain sum, raise its weight until another one&apos;s does, then choose UPGrad, under which none rises.</source>
        <translation>Sehen, wessen Verlust unter der einfachen Summe steigt, dessen Gewicht erhöhen, bis der eines anderen steigt, dann UPGrad wählen, unter dem keiner steigt.</translation>
    </message>
    <message>
        <source>best for {}</source>
        <translation>am besten für {}</translation>
    </message>
    <message>
        <source>parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>gradients of three tasks</source>
        <translation>Gradienten dreier Aufgaben</translation>
    </message>
    <message>
        <source>1st parameter</source>
        <translation>1. Parameter</translation>
    </message>
    <message>
        <source>2nd parameter</source>
        <translation>2. Parameter</translation>
    </message>
    <message>
        <source>arrows: the way each loss falls</source>
        <translation>Pfeile: wohin jeder Verlust fällt</translation>
    </message>
    <message>
        <source>thick: the step, their weighted sum</source>
        <translation>dick: der Schritt, ihre gewichtete Summe</translation>
    </message>
    <message>
        <source>balance</source>
        <translation>Ausgleich</translation>
    </message>
    <message>
        <source>How the three gradients are put together.</source>
        <translation>Wie die drei Gradienten zusammengesetzt werden.</translation>
    </message>
    <message>
        <source>Move the parameters along the thick arrow.</source>
        <translation>Die Parameter entlang des dicken Pfeils bewegen.</translation>
    </message>
    <message>
        <source>Put all marks back.</source>
        <translation>Alle Marken zurücksetzen.</translation>
    </message>
    <message>
        <source>Weight of this task&apos;s loss in the sum; 0 leaves the task out.</source>
        <translation>Gewicht des Verlusts dieser Aufgabe in der Summe; 0 lässt die Aufgabe weg.</translation>
    </message>
    <message>
        <source>loss stays</source>
        <translation>Verlust bleibt</translation>
    </message>
    <message>
        <source>loss falls</source>
        <translation>Verlust fällt</translation>
    </message>
    <message>
        <source>loss rises</source>
        <translation>Verlust steigt</translation>
    </message>
    <message>
        <source>easy: the negative is farther than the positive by more than the margin; nothing is learned.</source>
        <translation>leicht: Das Negative ist um mehr als den Abstand ferner als das Positive; nichts wird gelernt.</translation>
    </message>
    <message>
        <source>semi-hard: the negative is farther than the positive, but by less than the margin.</source>
        <translation>halbschwer: Das Negative ist ferner als das Positive, aber um weniger als den Abstand.</translation>
    </message>
    <message>
        <source>hard: the negative is nearer than the positive.</source>
        <translation>schwer: Das Negative ist näher als das Positive.</translation>
    </message>
    <message>
        <source>Triplet and margin</source>
        <translation>Triplet und Abstand</translation>
    </message>
    <message>
        <source>Drag the negative from inside the solid circle (hard) through the ring (semi-hard) to outside (easy), watch the arrows go, then widen the ring with the margin.</source>
        <translation>Das Negative aus dem durchgezogenen Kreis (schwer) durch den Ring (halbschwer) nach außen (leicht) ziehen, die Pfeile verschwinden sehen, dann den Ring mit dem Abstand verbreitern.</translation>
    </message>
    <message>
        <source>anchor</source>
        <translation>Anker</translation>
    </message>
    <message>
        <source>positive</source>
        <translation>Positives</translation>
    </message>
    <message>
        <source>negative</source>
        <translation>Negatives</translation>
    </message>
    <message>
        <source>triplet in the plane</source>
        <translation>Triplet in der Ebene</translation>
    </message>
    <message>
        <source>inside the solid circle: hard</source>
        <translation>im durchgezogenen Kreis: schwer</translation>
    </message>
    <message>
        <source>in the ring: semi-hard</source>
        <translation>im Ring: halbschwer</translation>
    </message>
    <message>
        <source>outside: easy</source>
        <translation>außerhalb: leicht</translation>
    </message>
    <message>
        <source>Distance of anchor and positive: radius of the solid circle.</source>
        <translation>Distanz von Anker und Positivem: Radius des durchgezogenen Kreises.</translation>
    </message>
    <message>
        <source>Distance of anchor and negative.</source>
        <translation>Distanz von Anker und Negativem.</translation>
    </message>
    <message>
        <source>max(0, d(a, p) + margin − d(a, n))</source>
        <translation>max(0, d(a, p) + Abstand − d(a, n))</translation>
    </message>
    <message>
        <source>kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>margin</source>
        <translation>Abstand (margin)</translation>
    </message>
    <message>
        <source>How much farther the negative must be; width of the ring.</source>
        <translation>Wie viel ferner das Negative sein muss; Breite des Rings.</translation>
    </message>
    <message>
        <source>How far a step follows the arrows; small steps overshoot less.</source>
        <translation>Wie weit ein Schritt den Pfeilen folgt; kleine Schritte schießen weniger über das Ziel.</translation>
    </message>
    <message>
        <source>Follow the arrows once, as one step of training does.</source>
        <translation>Den Pfeilen einmal folgen, wie ein Trainingsschritt es tut.</translation>
    </message>
    <message>
        <source>Put the points back where they were at first.</source>
        <translation>Die Punkte dorthin zurücksetzen, wo sie zuerst waren.</translation>
    </message>
    <message>
        <source>1st value of the embedding</source>
        <translation>1. Wert des Embeddings</translation>
    </message>
    <message>
        <source>2nd value of the embedding</source>
        <translation>2. Wert des Embeddings</translation>
    </message>
    <message>
        <source>What to look at; the arrow keys go through the list.</source>
        <translation>Was anzusehen ist; die Pfeiltasten gehen durch die Liste.</translation>
    </message>
    <message>
        <source>Lab – metric-explorer</source>
        <translation>Labor – metric-explorer</translation>
    </message>
    <message>
        <source>Pictures of the lab</source>
        <translation>Bilder des Labors</translation>
    </message>
    <message>
        <source>, with the run {name}</source>
        <translation>, mit dem Lauf {name}</translation>
    </message>
    <message>
        <source>The window that was opened on {began:%d %b at %H:%M} ended unexpectedly{run}</source>
        <translation>Das am {began:%d.%m. um %H:%M} geöffnete Fenster endete unerwartet{run}</translation>
    </message>
    <message>
        <source>Loading …</source>
        <translation>Lädt …</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Ready: choose data and press Start, or open a run</source>
        <translation>Bereit: Daten wählen und Start drücken, oder einen Lauf öffnen</translation>
    </message>
    <message>
        <source>Open a run folder</source>
        <translation>Lauf-Ordner öffnen</translation>
    </message>
    <message>
        <source>Closing after this step; its checkpoint is kept …</source>
        <translation>Schließt nach diesem Schritt; sein Checkpoint bleibt …</translation>
    </message>
    <message>
        <source>The window speaks the chosen language from its next start on</source>
        <translation>Das Fenster spricht die gewählte Sprache ab seinem nächsten Start</translation>
    </message>
    <message>
        <source>No action is called that. Try fewer letters, or the name of a panel.</source>
        <translation>Keine Aktion heißt so. Weniger Buchstaben versuchen, oder den Namen eines Panels.</translation>
    </message>
    <message>
        <source>Find an action</source>
        <translation>Aktion suchen</translation>
    </message>
    <message>
        <source>Name of an action</source>
        <translation>Name einer Aktion</translation>
    </message>
    <message>
        <source>What do you want to do?</source>
        <translation>Was soll getan werden?</translation>
    </message>
    <message>
        <source>Some letters of an action or a panel; Up and Down choose, Enter does it.</source>
        <translation>Einige Buchstaben einer Aktion oder eines Panels; Auf und Ab wählen, Eingabe führt sie aus.</translation>
    </message>
    <message>
        <source>Actions that fit</source>
        <translation>Passende Aktionen</translation>
    </message>
    <message>
        <source>on</source>
        <translation>an</translation>
    </message>
    <message>
        <source>not now: </source>
        <translation>nicht jetzt: </translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>Bild kopieren</translation>
    </message>
    <message>
        <source>Save picture …</source>
        <translation>Bild speichern …</translation>
    </message>
    <message>
        <source>window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>What this panel shows, as a picture</source>
        <translation>Was dieses Panel zeigt, als Bild</translation>
    </message>
    <message>
        <source>Copied a picture of {}</source>
        <translation>Bild von {} kopiert</translation>
    </message>
    <message>
        <source>Save a picture of {}</source>
        <translation>Bild von {} speichern</translation>
    </message>
    <message>
        <source>Saved {}</source>
        <translation>{} gespeichert</translation>
    </message>
    <message>
        <source>{}: the picture cannot be written there</source>
        <translation>{}: das Bild ist dort nicht schreibbar</translation>
    </message>
    <message>
        <source>ROC curves compared</source>
        <translation>ROC-Kurven im Vergleich</translation>
    </message>
    <message>
        <source>FPR at most {fpr}</source>
        <translation>FPR höchstens {fpr}</translation>
    </message>
    <message>
        <source>TPR {tpr:&gt;7}  {name}</source>
        <translation>TPR {tpr:&gt;7}  {name}</translation>
    </message>
    <message>
        <source>no difference can be seen</source>
        <translation>kein Unterschied zu erkennen</translation>
    </message>
    <message>
        <source>figure</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>What is compared; the numbers are those of the list above.</source>
        <translation>Was verglichen wird; die Zahlen sind die der Liste oben.</translation>
    </message>
    <message>
        <source>compared</source>
        <translation>verglichen</translation>
    </message>
    <message>
        <source>The first minus the second.</source>
        <translation>Das erste minus das zweite.</translation>
    </message>
    <message>
        <source>difference</source>
        <translation>Unterschied</translation>
    </message>
    <message>
        <source>What the first has more than the second; pp: percentage points.</source>
        <translation>Was das erste mehr hat als das zweite; PP: Prozentpunkte.</translation>
    </message>
    <message>
        <source>95 % interval</source>
        <translation>95-%-Intervall</translation>
    </message>
    <message>
        <source>Of the difference, by drawing the same identities for both. The two differ where it leaves out 0.</source>
        <translation>Des Unterschieds, durch Ziehen derselben Identitäten für beide. Die beiden unterscheiden sich, wo es die 0 auslässt.</translation>
    </message>
    <message>
        <source>verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>Whether these images show a difference at all.</source>
        <translation>Ob diese Bilder überhaupt einen Unterschied zeigen.</translation>
    </message>
    <message>
        <source> pp</source>
        <translation> PP</translation>
    </message>
    <message>
        <source>Whether they differ cannot be told: {reason}.</source>
        <translation>Ob sie sich unterscheiden, ist nicht zu sagen: {reason}.</translation>
    </message>
    <message>
        <source>{number} and {number_2}</source>
        <translation>{number} und {number_2}</translation>
    </message>
    <message>
        <source>TPR at FPR {value:g} %</source>
        <translation>TPR bei FPR {value:g} %</translation>
    </message>
    <message>
        <source>{who} differ in every figure.</source>
        <translation>{who} unterscheiden sich in jeder Größe.</translation>
    </message>
    <message>
        <source>{who} differ in {told}; in {rest} {ALIKE}.</source>
        <translation>{who} unterscheiden sich in {told}; in {rest} {ALIKE}.</translation>
    </message>
    <message>
        <source>{names} and {names_2}</source>
        <translation>{names} und {names_2}</translation>
    </message>
    <message>
        <source>none can be seen</source>
        <translation>keiner zu erkennen</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>verschieden</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} bis {high}</translation>
    </message>
    <message>
        <source>log FPR</source>
        <translation>log FPR</translation>
    </message>
    <message>
        <source>Not here: only the ROC curve has such an axis.

</source>
        <translation>Hier nicht: Nur die ROC-Kurve hat eine solche Achse.

</translation>
    </message>
    <message>
        <source>{refusal}Logarithmic FPR axis of the ROC curve: shows the small rates that matter.</source>
        <translation>{refusal}Logarithmische FPR-Achse der ROC-Kurve: zeigt die kleinen Raten, auf die es ankommt.</translation>
    </message>
    <message>
        <source>total</source>
        <translation>gesamt</translation>
    </message>
    <message>
        <source>What is minimised: the weighted sum of the other losses.</source>
        <translation>Was kleiner gemacht wird: die gewichtete Summe der anderen Verluste.</translation>
    </message>
    <message>
        <source>cls</source>
        <translation>cls</translation>
    </message>
    <message>
        <source>Classification: cross entropy over the classes.</source>
        <translation>Klassifikation: Kreuzentropie über die Klassen.</translation>
    </message>
    <message>
        <source>seg</source>
        <translation>seg</translation>
    </message>
    <message>
        <source>Segmentation: binary cross entropy + Dice of the masks.</source>
        <translation>Segmentierung: binäre Kreuzentropie + Dice der Masken.</translation>
    </message>
    <message>
        <source>The metric loss. Where it is a mean over active tuples, that it stays level is normal; watch their share.</source>
        <translation>Der metrische Verlust. Wo er ein Mittel über aktive Tupel ist, ist es normal, dass er gleich bleibt; ihren Anteil beobachten.</translation>
    </message>
    <message>
        <source>active tuples</source>
        <translation>aktive Tupel</translation>
    </message>
    <message>
        <source>Share of all the batch&apos;s tuples with positive metric loss; at 0 nothing more is learned from them.</source>
        <translation>Anteil aller Tupel des Stapels mit positivem metrischem Verlust; bei 0 wird von ihnen nichts mehr gelernt.</translation>
    </message>
    <message>
        <source>Share of active tuples.</source>
        <translation>Anteil aktiver Tupel.</translation>
    </message>
    <message>
        <source>triplet kinds</source>
        <translation>Arten von Triplets</translation>
    </message>
    <message>
        <source>share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>Shares of the batch&apos;s triplets by how hard they are. Hard ones that do not fall are a sign of wrong labels or of collapse; without semi-hard ones, semi-hard mining finds nothing to learn from.</source>
        <translation>Anteile der Triplets des Stapels danach, wie schwer sie sind. Schwere, die nicht weniger werden, deuten auf falsche Klassen oder Zusammenfall; ohne halbschwere findet das halbschwere Mining nichts zu lernen.</translation>
    </message>
    <message>
        <source>easy</source>
        <translation>leicht</translation>
    </message>
    <message>
        <source>Easy triplets: the negative is farther than the positive by more than the margin.</source>
        <translation>Leichte Triplets: Das Negative ist um mehr als den Abstand ferner als das Positive.</translation>
    </message>
    <message>
        <source>semi-hard</source>
        <translation>halbschwer</translation>
    </message>
    <message>
        <source>Semi-hard triplets: the negative is farther than the positive, by no more than the margin.</source>
        <translation>Halbschwere Triplets: Das Negative ist ferner als das Positive, um nicht mehr als den Abstand.</translation>
    </message>
    <message>
        <source>hard</source>
        <translation>schwer</translation>
    </message>
    <message>
        <source>Hard triplets: the negative is no farther than the positive.</source>
        <translation>Schwere Triplets: Das Negative ist nicht ferner als das Positive.</translation>
    </message>
    <message>
        <source>distances</source>
        <translation>Distanzen</translation>
    </message>
    <message>
        <source>mean d</source>
        <translation>mittleres d</translation>
    </message>
    <message>
        <source>Mean distances within the batch, in the distance the run is trained with. They should part; both near 0 is collapse.</source>
        <translation>Mittlere Distanzen im Stapel, in der Distanz, mit der der Lauf trainiert. Sie sollen auseinandergehen; beide nahe 0 ist Zusammenfall.</translation>
    </message>
    <message>
        <source>Mean distance of positive pairs: an anchor and an image of its class.</source>
        <translation>Mittlere Distanz positiver Paare: ein Anker und ein Bild seiner Klasse.</translation>
    </message>
    <message>
        <source>Mean distance of negative pairs: an anchor and an image of another class.</source>
        <translation>Mittlere Distanz negativer Paare: ein Anker und ein Bild einer anderen Klasse.</translation>
    </message>
    <message>
        <source>effective rank</source>
        <translation>effektiver Rang</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>Spread of the batch&apos;s embeddings, in directions: 1 where they lie on a line. A fall towards 1 is collapse; far below the embedding size, a smaller embedding would do.</source>
        <translation>Ausbreitung der Embeddings des Stapels, in Richtungen: 1, wo sie auf einer Geraden liegen. Ein Fall gegen 1 ist Zusammenfall; weit unter der Embedding-Größe genügte ein kleineres Embedding.</translation>
    </message>
    <message>
        <source>Effective rank of the batch&apos;s embeddings.</source>
        <translation>Effektiver Rang der Embeddings des Stapels.</translation>
    </message>
    <message>
        <source>gradient norm</source>
        <translation>Norm des Gradienten</translation>
    </message>
    <message>
        <source>norm</source>
        <translation>Norm</translation>
    </message>
    <message>
        <source>L2 norm of the gradient of all weights. Spikes ask for a lower learning rate.</source>
        <translation>L2-Norm des Gradienten aller Gewichte. Spitzen verlangen eine kleinere Lernrate.</translation>
    </message>
    <message>
        <source>Norm of the gradient.</source>
        <translation>Norm des Gradienten.</translation>
    </message>
    <message>
        <source>task shares</source>
        <translation>Anteile der Aufgaben</translation>
    </message>
    <message>
        <source>Each task&apos;s share in the gradient of the backbone that they share, its weight included; measured now and then. A task with hardly any share is not learned: raise its weight.</source>
        <translation>Anteil jeder Aufgabe am Gradienten des gemeinsamen Backbones, samt ihrem Gewicht; ab und zu gemessen. Eine Aufgabe mit kaum einem Anteil wird nicht gelernt: ihr Gewicht erhöhen.</translation>
    </message>
    <message>
        <source>Share of classification.</source>
        <translation>Anteil der Klassifikation.</translation>
    </message>
    <message>
        <source>Share of segmentation.</source>
        <translation>Anteil der Segmentierung.</translation>
    </message>
    <message>
        <source>Share of the metric loss.</source>
        <translation>Anteil des metrischen Verlusts.</translation>
    </message>
    <message>
        <source>Which share of genuine pairs is accepted at which false positive rate.</source>
        <translation>Welcher Anteil echter Paare bei welcher Falsch-positiv-Rate angenommen wird.</translation>
    </message>
    <message>
        <source>Both errors against each other on axes of normal deviates: small rates far apart, and a straight line where distances are normally distributed.</source>
        <translation>Beide Fehler gegeneinander auf Achsen normaler Abweichungen: kleine Raten weit auseinander, und eine Gerade, wo die Distanzen normalverteilt sind.</translation>
    </message>
    <message>
        <source>Precision over recall: which share of the accepted pairs is genuine. It depends on how many impostor pairs there are for each genuine one.</source>
        <translation>Precision über Recall: welcher Anteil der angenommenen Paare echt ist. Hängt davon ab, wie viele fremde Paare auf ein echtes kommen.</translation>
    </message>
    <message>
        <source>view of the curve</source>
        <translation>Sicht der Kurve</translation>
    </message>
    <message>
        <source>partial AUC to FPR {value:g} %</source>
        <translation>partielle AUC bis FPR {value:g} %</translation>
    </message>
    <message>
        <source>minDCF, prior 1 %</source>
        <translation>minDCF, A-priori 1 %</translation>
    </message>
    <message>
        <source>average precision</source>
        <translation>mittlere Präzision (AP)</translation>
    </message>
    <message>
        <source>The images of the data set will stand here.

Choose a data set in Run setup, or drop a folder here that has one folder of images for each class, or a CSV or Parquet file that lists images and their classes, or pairs, triplets or quadruplets of images.</source>
        <translation>Hier stehen die Bilder des Datensatzes.

In Laufaufbau einen Datensatz wählen, oder hier einen Ordner mit je einem Ordner voll Bilder für jede Klasse ablegen, oder eine CSV- oder Parquet-Datei, die Bilder und ihre Klassen aufführt, oder Paare, Triplets oder Quadrupel von Bildern.</translation>
    </message>
    <message>
        <source>A click shows only its images, a second one all again; Ctrl and a click adds a class.</source>
        <translation>Ein Klick zeigt nur ihre Bilder, ein zweiter wieder alle; Strg und Klick fügt eine Klasse hinzu.</translation>
    </message>
    <message>
        <source>Read every image once: finds what cannot be read, copies and images that look the same, leaks between the parts of the split, small classes and masks that cannot be right. Nothing in the data is changed.</source>
        <translation>Jedes Bild einmal lesen: findet, was nicht lesbar ist, Kopien und gleich aussehende Bilder, Lecks zwischen den Teilen der Teilung, kleine Klassen und Masken, die nicht stimmen können. An den Daten wird nichts geändert.</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>Raster</translation>
    </message>
    <message>
        <source>Pictures of the images.</source>
        <translation>Bilder der Bilder.</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>A row for each image, sorted by a click on a header.</source>
        <translation>Eine Zeile je Bild, sortiert durch einen Klick auf die Überschrift.</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Größen</translation>
    </message>
    <message>
        <source>Images of each class, sizes and shapes.</source>
        <translation>Bilder jeder Klasse, Größen und Formen.</translation>
    </message>
    <message>
        <source>Inspect</source>
        <translation>Durchsehen</translation>
    </message>
    <message>
        <source>Stop reading the images; nothing is kept of it.</source>
        <translation>Die Bilder nicht weiter lesen; nichts davon wird behalten.</translation>
    </message>
    <message>
        <source>What you did to these images before is being read.</source>
        <translation>Was früher mit diesen Bildern getan wurde, wird gelesen.</translation>
    </message>
    <message>
        <source>Inspect again</source>
        <translation>Neu durchsehen</translation>
    </message>
    <message>
        <source>Search by file, class or column</source>
        <translation>Suche nach Datei, Klasse oder Spalte</translation>
    </message>
    <message>
        <source>Search images</source>
        <translation>Bilder suchen</translation>
    </message>
    <message>
        <source>Shows only the images whose file, class or value of a column contains this.</source>
        <translation>Zeigt nur die Bilder, deren Datei, Klasse oder Spaltenwert dies enthält.</translation>
    </message>
    <message>
        <source>Drag an image to a slot of Verify, or out of the window.</source>
        <translation>Ein Bild auf ein Feld von Prüfen oder aus dem Fenster ziehen.</translation>
    </message>
    <message>
        <source>A list of {kind} names no classes.</source>
        <translation>Eine Liste von {kind} nennt keine Klassen.</translation>
    </message>
    <message>
        <source>{left} of {total} images</source>
        <translation>{left} von {total} Bildern</translation>
    </message>
    <message>
        <source>no image matches</source>
        <translation>kein Bild passt</translation>
    </message>
    <message>
        <source> · {hidden} selected beside them</source>
        <translation> · {hidden} ausgewählte außerdem</translation>
    </message>
    <message>
        <source>with mask</source>
        <translation>mit Maske</translation>
    </message>
    <message>
        <source>without mask</source>
        <translation>ohne Maske</translation>
    </message>
    <message>
        <source>{count} scanned digits of 64 x 64 pixels, with masks of the ink; nothing to download.</source>
        <translation>{count} eingescannte Ziffern mit 64 x 64 Pixeln, mit Masken der Tinte; nichts herunterzuladen.</translation>
    </message>
    <message>
        <source>{IDENTITIES} drawn figures in changing pose, light and surroundings, {IMAGES_EACH} images of each, with masks; half of the figures is held out. Drawn in seconds, nothing to download.</source>
        <translation>{IDENTITIES} gezeichnete Figuren in wechselnder Haltung, Licht und Umgebung, je {IMAGES_EACH} Bilder, mit Masken; die Hälfte der Figuren wird zurückgehalten. In Sekunden gezeichnet, nichts herunterzuladen.</translation>
    </message>
    <message>
        <source>Choose a data set, or drop a folder here: one sub-folder of images for each class.</source>
        <translation>Einen Datensatz wählen oder einen Ordner hier ablegen: je Klasse ein Unterordner mit Bildern.</translation>
    </message>
    <message>
        <source>The images to train on: the built-in digits or drawn figures, or a folder with one sub-folder for each class. A folder can also be dropped anywhere on this panel, or a CSV file beside the images that it lists in the columns image,label (a Parquet file too), or image_a,image_b,same (1 or 0), or anchor,positive,negative, or anchor,positive,negative1,negative2.</source>
        <translation>Die Bilder zum Trainieren: die eingebauten Ziffern oder gezeichnete Figuren, oder ein Ordner mit je einem Unterordner für jede Klasse. Ein Ordner lässt sich auch irgendwo auf diesem Panel ablegen, oder eine CSV-Datei neben den Bildern, die sie in den Spalten image,label aufführt (auch eine Parquet-Datei), oder image_a,image_b,same (1 oder 0), oder anchor,positive,negative, oder anchor,positive,negative1,negative2.</translation>
    </message>
    <message>
        <source>Choose list…</source>
        <translation>Liste wählen…</translation>
    </message>
    <message>
        <source>Open a dialog to choose a CSV or Parquet file that lists images with their classes, or a CSV file of pairs, triplets or quadruplets of images.</source>
        <translation>Einen Dialog öffnen, um eine CSV- oder Parquet-Datei zu wählen, die Bilder mit ihren Klassen aufführt, oder eine CSV-Datei mit Paaren, Triplets oder Quadrupeln von Bildern.</translation>
    </message>
    <message>
        <source>drop a folder with one sub-folder of images for each class, or a file that lists images</source>
        <translation>einen Ordner mit je einem Unterordner für die Bilder jeder Klasse ablegen, oder eine Datei, die Bilder aufführt</translation>
    </message>
    <message>
        <source>data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>What was dropped is no folder of this computer; {DROP_FOLDER}.</source>
        <translation>Das Abgelegte ist kein Ordner dieses Computers; {DROP_FOLDER}.</translation>
    </message>
    <message>
        <source>{paths} things were dropped at once; {DROP_FOLDER}.</source>
        <translation>{paths} Dinge wurden auf einmal abgelegt; {DROP_FOLDER}.</translation>
    </message>
    <message>
        <source>a file</source>
        <translation>eine Datei</translation>
    </message>
    <message>
        <source>not there any more</source>
        <translation>nicht mehr da</translation>
    </message>
    <message>
        <source>{name} is {kind}; {DROP_FOLDER}.</source>
        <translation>{name} ist {kind}; {DROP_FOLDER}.</translation>
    </message>
    <message>
        <source>data set</source>
        <translation>Datensatz</translation>
    </message>
    <message>
        <source>{name} (built in)</source>
        <translation>{name} (eingebaut)</translation>
    </message>
    <message>
        <source>{about}

Licence: {licence}</source>
        <translation>{about}

Lizenz: {licence}</translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <translation>Ordner wählen…</translation>
    </message>
    <message>
        <source>Open a dialog to choose a folder.</source>
        <translation>Einen Dialog öffnen, um einen Ordner zu wählen.</translation>
    </message>
    <message>
        <source>Select images first.</source>
        <translation>Erst Bilder auswählen.</translation>
    </message>
    <message>
        <source>Runs that start from now on leave the selected images out. The files stay as they are; Ctrl+Z takes it back.</source>
        <translation>Läufe, die von nun an beginnen, lassen die ausgewählten Bilder weg. Die Dateien bleiben, wie sie sind; Strg+Z nimmt es zurück.</translation>
    </message>
    <message>
        <source>Runs that start from now on take the selected images for this class, which may be a new one.</source>
        <translation>Läufe, die von nun an beginnen, halten die ausgewählten Bilder für diese Klasse, die auch neu sein darf.</translation>
    </message>
    <message>
        <source>Undo exclusion and other class of the selected images: they count as the data says.</source>
        <translation>Ausschluss und andere Klasse der ausgewählten Bilder rückgängig machen: Sie zählen, wie die Daten sagen.</translation>
    </message>
    <message>
        <source>Exclude</source>
        <translation>Ausschließen</translation>
    </message>
    <message>
        <source>Change class</source>
        <translation>Klasse ändern</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Counts for runs that start from now on; kept in {file}, beside the data.</source>
        <translation>Gilt für Läufe, die von nun an beginnen; liegt in {file}, neben den Daten.</translation>
    </message>
    <message>
        <source>{kept} To leave images out of one run&apos;s figures only, see Pairs.</source>
        <translation>{kept} Um Bilder nur aus den Größen eines Laufs zu lassen, siehe Paare.</translation>
    </message>
    <message>
        <source>Class for the selected images</source>
        <translation>Klasse für die ausgewählten Bilder</translation>
    </message>
    <message>
        <source>class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>{count} selected</source>
        <translation>{count} ausgewählt</translation>
    </message>
    <message>
        <source>Write or choose a class first.</source>
        <translation>Erst eine Klasse schreiben oder wählen.</translation>
    </message>
    <message>
        <source>None of the selected images is excluded or has another class.</source>
        <translation>Keines der ausgewählten Bilder ist ausgeschlossen oder hat eine andere Klasse.</translation>
    </message>
    <message>
        <source>Here will stand how large the images are and which shapes they have. Press Inspect to read them all.</source>
        <translation>Hier steht, wie groß die Bilder sind und welche Formen sie haben. Durchsehen liest sie alle.</translation>
    </message>
    <message>
        <source>images of each class</source>
        <translation>Bilder jeder Klasse</translation>
    </message>
    <message>
        <source>Images of each class, from the largest to the smallest; point at one to see its name.</source>
        <translation>Bilder jeder Klasse, von der größten zur kleinsten; der Mauszeiger zeigt den Namen.</translation>
    </message>
    <message>
        <source>classes, the largest first</source>
        <translation>Klassen, die größte zuerst</translation>
    </message>
    <message>
        <source>images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>sizes of the images</source>
        <translation>Größen der Bilder</translation>
    </message>
    <message>
        <source>A dot for each size; the more images have it, the larger the dot.</source>
        <translation>Ein Punkt je Größe; je mehr Bilder sie haben, desto größer.</translation>
    </message>
    <message>
        <source>width, pixels</source>
        <translation>Breite, Pixel</translation>
    </message>
    <message>
        <source>height, pixels</source>
        <translation>Höhe, Pixel</translation>
    </message>
    <message>
        <source>{width} × {height} pixels: {counts}</source>
        <translation>{width} × {height} Pixel: {counts}</translation>
    </message>
    <message>
        <source>shapes of the images</source>
        <translation>Formen der Bilder</translation>
    </message>
    <message>
        <source>1 is square, 2 twice as wide as high, 0.5 twice as high as wide.</source>
        <translation>1 ist quadratisch, 2 doppelt so breit wie hoch, 0,5 doppelt so hoch wie breit.</translation>
    </message>
    <message>
        <source>width / height</source>
        <translation>Breite / Höhe</translation>
    </message>
    <message>
        <source>{low:.2f} to {high:.2f}: {counts}</source>
        <translation>{low:.2f} bis {high:.2f}: {counts}</translation>
    </message>
    <message>
        <source>largest: {order} · smallest: {order_2}</source>
        <translation>größte: {order} · kleinste: {order_2}</translation>
    </message>
    <message>
        <source>{count} images</source>
        <translation>{count} Bilder</translation>
    </message>
    <message>
        <source>What was left out</source>
        <translation>Was weggelassen wurde</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>Probleme</translation>
    </message>
    <message>
        <source>Lists what was left out, and why.</source>
        <translation>Führt auf, was weggelassen wurde, und warum.</translation>
    </message>
    <message>
        <source>{WARNING_SIGN} {problems} left out</source>
        <translation>{WARNING_SIGN} {problems} weggelassen</translation>
    </message>
    <message>
        <source>Every image of the data set.</source>
        <translation>Jedes Bild des Datensatzes.</translation>
    </message>
    <message>
        <source>Images that a run with the settings in Run setup trains on.</source>
        <translation>Bilder, mit denen ein Lauf mit den Einstellungen in Laufaufbau trainiert.</translation>
    </message>
    <message>
        <source>Images that such a run is judged by.</source>
        <translation>Bilder, an denen ein solcher Lauf beurteilt wird.</translation>
    </message>
    <message>
        <source>Images that runs leave out, since you excluded them here.</source>
        <translation>Bilder, die Läufe weglassen, da sie hier ausgeschlossen wurden.</translation>
    </message>
    <message>
        <source>Images to which you gave another class here.</source>
        <translation>Bilder, denen hier eine andere Klasse gegeben wurde.</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>duplicates</source>
        <translation>Kopien</translation>
    </message>
    <message>
        <source>near duplicates</source>
        <translation>fast gleiche Bilder</translation>
    </message>
    <message>
        <source>several classes</source>
        <translation>mehrere Klassen</translation>
    </message>
    <message>
        <source>leaks</source>
        <translation>Lecks</translation>
    </message>
    <message>
        <source>near leaks</source>
        <translation>ähnliche Lecks</translation>
    </message>
    <message>
        <source>tiny classes</source>
        <translation>winzige Klassen</translation>
    </message>
    <message>
        <source>empty masks</source>
        <translation>leere Masken</translation>
    </message>
    <message>
        <source>full masks</source>
        <translation>volle Masken</translation>
    </message>
    <message>
        <source>masks of another size</source>
        <translation>Masken anderer Größe</translation>
    </message>
    <message>
        <source>unreadable masks</source>
        <translation>unlesbare Masken</translation>
    </message>
    <message>
        <source>was {before}</source>
        <translation>war {before}</translation>
    </message>
    <message>
        <source>held out</source>
        <translation>zurückgehalten</translation>
    </message>
    <message>
        <source>training</source>
        <translation>im Training</translation>
    </message>
    <message>
        <source>Press Inspect to know it.</source>
        <translation>Durchsehen sagt es.</translation>
    </message>
    <message>
        <source>Table of images</source>
        <translation>Tabelle der Bilder</translation>
    </message>
    <message>
        <source>A click on a header sorts; Ctrl and Shift select several.</source>
        <translation>Ein Klick auf eine Überschrift sortiert; Strg und Umschalt wählen mehrere.</translation>
    </message>
    <message>
        <source>image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Path below the data folder.</source>
        <translation>Pfad unter dem Datenordner.</translation>
    </message>
    <message>
        <source>The class, as you may have changed it.</source>
        <translation>Die Klasse, vielleicht hier geändert.</translation>
    </message>
    <message>
        <source>part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>What a run with the settings in Run setup does with it.</source>
        <translation>Was ein Lauf mit den Einstellungen in Laufaufbau damit tut.</translation>
    </message>
    <message>
        <source>unused</source>
        <translation>unbenutzt</translation>
    </message>
    <message>
        <source>edit</source>
        <translation>Änderung</translation>
    </message>
    <message>
        <source>What you did to it here.</source>
        <translation>Was hier damit getan wurde.</translation>
    </message>
    <message>
        <source>pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <source>Width × height, sorted by their product. {NOT_INSPECTED}</source>
        <translation>Breite × Höhe, sortiert nach dem Produkt. {NOT_INSPECTED}</translation>
    </message>
    <message>
        <source>size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Of the file. {NOT_INSPECTED}</source>
        <translation>Der Datei. {NOT_INSPECTED}</translation>
    </message>
    <message>
        <source>finding</source>
        <translation>Befund</translation>
    </message>
    <message>
        <source>What should be looked at. {NOT_INSPECTED}</source>
        <translation>Was anzusehen ist. {NOT_INSPECTED}</translation>
    </message>
    <message>
        <source>{name}, a column of the data set.</source>
        <translation>{name}, eine Spalte des Datensatzes.</translation>
    </message>
    <message>
        <source>{value:.1f} kB</source>
        <translation>{value:.1f} kB</translation>
    </message>
    <message>
        <source>{value:.2f} MB</source>
        <translation>{value:.2f} MB</translation>
    </message>
    <message>
        <source>all images</source>
        <translation>alle Bilder</translation>
    </message>
    <message>
        <source>trained on</source>
        <translation>trainiert mit</translation>
    </message>
    <message>
        <source>other class</source>
        <translation>andere Klasse</translation>
    </message>
    <message>
        <source>What to show</source>
        <translation>Was gezeigt wird</translation>
    </message>
    <message>
        <source>identities</source>
        <translation>Identitäten</translation>
    </message>
    <message>
        <source>classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <source>no images</source>
        <translation>keine Bilder</translation>
    </message>
    <message>
        <source>no classes</source>
        <translation>keine Klassen</translation>
    </message>
    <message>
        <source>1 class</source>
        <translation>1 Klasse</translation>
    </message>
    <message>
        <source>{count} classes</source>
        <translation>{count} Klassen</translation>
    </message>
    <message>
        <source>no identities</source>
        <translation>keine Identitäten</translation>
    </message>
    <message>
        <source>1 identity</source>
        <translation>1 Identität</translation>
    </message>
    <message>
        <source>{count} identities</source>
        <translation>{count} Identitäten</translation>
    </message>
    <message>
        <source>no masks</source>
        <translation>keine Masken</translation>
    </message>
    <message>
        <source>1 mask</source>
        <translation>1 Maske</translation>
    </message>
    <message>
        <source>{count} masks</source>
        <translation>{count} Masken</translation>
    </message>
    <message>
        <source>no problems</source>
        <translation>keine Probleme</translation>
    </message>
    <message>
        <source>1 problem</source>
        <translation>1 Problem</translation>
    </message>
    <message>
        <source>{count} problems</source>
        <translation>{count} Probleme</translation>
    </message>
    <message>
        <source>no pairs</source>
        <translation>keine Paare</translation>
    </message>
    <message>
        <source>{count} pairs</source>
        <translation>{count} Paare</translation>
    </message>
    <message>
        <source>no triplets</source>
        <translation>keine Triplets</translation>
    </message>
    <message>
        <source>1 triplet</source>
        <translation>1 Triplet</translation>
    </message>
    <message>
        <source>{count} triplets</source>
        <translation>{count} Triplets</translation>
    </message>
    <message>
        <source>no quadruplets</source>
        <translation>keine Quadrupel</translation>
    </message>
    <message>
        <source>1 quadruplet</source>
        <translation>1 Quadrupel</translation>
    </message>
    <message>
        <source>{count} quadruplets</source>
        <translation>{count} Quadrupel</translation>
    </message>
    <message>
        <source>triplets</source>
        <translation>Triplets</translation>
    </message>
    <message>
        <source>quadruplets</source>
        <translation>Quadrupel</translation>
    </message>
    <message>
        <source>{listed} ({genuine} genuine, {count} impostor)</source>
        <translation>{listed} ({genuine} echte, {count} fremde)</translation>
    </message>
    <message>
        <source>open set: the classes named in {name} held out, never trained on</source>
        <translation>offene Menge: die in {name} genannten Klassen zurückgehalten, nie mit ihnen trainiert</translation>
    </message>
    <message>
        <source>closed set: {percent} of each class held out</source>
        <translation>geschlossene Menge: {percent} jeder Klasse zurückgehalten</translation>
    </message>
    <message>
        <source>open set: {percent} of the {classes} classes held out, never trained on</source>
        <translation>offene Menge: {percent} der {classes} Klassen zurückgehalten, nie mit ihnen trainiert</translation>
    </message>
    <message>
        <source>open set: {unseen} never trained on</source>
        <translation>offene Menge: mit {unseen} nie trainiert</translation>
    </message>
    <message>
        <source>{kind}, {sum} held out, as {name} says</source>
        <translation>{kind}, {sum} zurückgehalten, wie {name} sagt</translation>
    </message>
    <message>
        <source>the identities named in {name}</source>
        <translation>die in {name} genannten Identitäten</translation>
    </message>
    <message>
        <source>{value:.3g} % of the {identities} identities</source>
        <translation>{value:.3g} % der {identities} Identitäten</translation>
    </message>
    <message>
        <source>open set: {held_out} held out, never trained on; judged by the listed pairs alone</source>
        <translation>offene Menge: {held_out} zurückgehalten, nie mit ihnen trainiert; nur an den aufgeführten Paaren beurteilt</translation>
    </message>
    <message>
        <source>{listed} of {training}</source>
        <translation>{listed} von {training}</translation>
    </message>
    <message>
        <source>{listed} of {held_out}</source>
        <translation>{listed} von {held_out}</translation>
    </message>
    <message>
        <source>open set: {things} held out, {known} of them trained on as well</source>
        <translation>offene Menge: {things} zurückgehalten, mit {known} davon auch trainiert</translation>
    </message>
    <message>
        <source>open set: {things} held out, never trained on</source>
        <translation>offene Menge: {things} zurückgehalten, nie mit ihnen trainiert</translation>
    </message>
    <message>
        <source>{kind} · {training} images to train on, {held_out} held out</source>
        <translation>{kind} · {training} Bilder zum Trainieren, {held_out} zurückgehalten</translation>
    </message>
    <message>
        <source>A list of {listed} has no closed split: choose auto or open.</source>
        <translation>Für eine Liste ({listed}) gibt es keine geschlossene Teilung: automatisch oder offen wählen.</translation>
    </message>
    <message>
        <source> or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source>A list of {listed} is trained with the metric loss {fitting}: choose it.</source>
        <translation>Mit einer Liste ({listed}) trainiert der metrische Verlust {fitting}: bitte wählen.</translation>
    </message>
    <message>
        <source>Only {trained} classes are left to train on: so few do not generalise to unseen classes. Add classes, or choose a closed set to judge known ones.</source>
        <translation>Nur {trained} Klassen bleiben zum Trainieren: So wenige verallgemeinern nicht auf ungesehene Klassen. Klassen hinzufügen, oder eine geschlossene Menge wählen, um bekannte zu beurteilen.</translation>
    </message>
    <message>
        <source>and {count} more</source>
        <translation>und {count} weitere</translation>
    </message>
    <message>
        <source>{problems} (point here, or see Data)</source>
        <translation>{problems} (Mauszeiger hierher, oder siehe Daten)</translation>
    </message>
    <message>
        <source>FNR</source>
        <translation>FNR</translation>
    </message>
    <message>
        <source>cosine</source>
        <translation>Kosinus</translation>
    </message>
    <message>
        <source>squared Euclidean</source>
        <translation>quadriert euklidisch</translation>
    </message>
    <message>
        <source>What two images are compared by, in every panel. Cosine, Euclidean and squared Euclidean order the pairs alike on unit vectors, as here, and so give the same ROC; Mahalanobis and NCA are fitted on the training images and may give a better one. The threshold is converted at the same FPR.</source>
        <translation>Womit zwei Bilder verglichen werden, in jedem Panel. Kosinus, euklidisch und quadriert euklidisch ordnen die Paare auf Einheitsvektoren, wie hier, gleich, und ergeben so dieselbe ROC; Mahalanobis und NCA werden an die Trainingsbilder angepasst und ergeben vielleicht eine bessere. Die Schwelle wird bei gleicher FPR umgerechnet.</translation>
    </message>
    <message>
        <source>1 minus the cosine of the angle, 0 to 2.</source>
        <translation>1 minus Kosinus des Winkels, 0 bis 2.</translation>
    </message>
    <message>
        <source>length of the straight line, 0 to 2 on unit vectors.</source>
        <translation>Länge der geraden Linie, 0 bis 2 auf Einheitsvektoren.</translation>
    </message>
    <message>
        <source>0 to 4 on unit vectors.</source>
        <translation>0 bis 4 auf Einheitsvektoren.</translation>
    </message>
    <message>
        <source>directions in which images of one class differ count little. Try it first.</source>
        <translation>Richtungen, in denen sich Bilder einer Klasse unterscheiden, zählen wenig. Zuerst versuchen.</translation>
    </message>
    <message>
        <source>learned so that the nearest image is most often of the same class. Try it where classes overlap; takes a few seconds.</source>
        <translation>so gelernt, dass das nächste Bild möglichst oft aus derselben Klasse ist. Zu versuchen, wo Klassen sich überlappen; dauert einige Sekunden.</translation>
    </message>
    <message>
        <source>Fetch it from {host} over the network; nothing is sent. Nothing else in this program opens a connection, but for pretrained weights that a run asks for.

Source: {source}</source>
        <translation>Von {host} über das Netz holen; gesendet wird nichts. Sonst öffnet dieses Programm keine Verbindung, außer für vortrainierte Gewichte, die ein Lauf verlangt.

Quelle: {source}</translation>
    </message>
    <message>
        <source>End this now; what has come is kept, and the next download goes on from there.</source>
        <translation>Jetzt beenden; was gekommen ist, bleibt, und der nächste Download geht dort weiter.</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Fetch the chosen data set, after you have read under which licence it is.</source>
        <translation>Den gewählten Datensatz holen, nachdem gelesen ist, unter welcher Lizenz er steht.</translation>
    </message>
    <message>
        <source>Progress of the download</source>
        <translation>Fortschritt des Downloads</translation>
    </message>
    <message>
        <source>fetching {title}</source>
        <translation>{title} wird geholt</translation>
    </message>
    <message>
        <source> · {seconds_left} left</source>
        <translation> · noch {seconds_left}</translation>
    </message>
    <message>
        <source>ending …</source>
        <translation>endet …</translation>
    </message>
    <message>
        <source>{about} Not on this machine yet. Licence: {licence}.</source>
        <translation>{about} Noch nicht auf dieser Maschine. Lizenz: {licence}.</translation>
    </message>
    <message>
        <source>Download ({round} MB)</source>
        <translation>Herunterladen ({round} MB)</translation>
    </message>
    <message>
        <source>Download {title}</source>
        <translation>{title} herunterladen</translation>
    </message>
    <message>
        <source>Embeddings {name}</source>
        <translation>Embeddings {name}</translation>
    </message>
    <message>
        <source>Point at a class to see where it lies.</source>
        <translation>Der Mauszeiger auf einer Klasse zeigt, wo sie liegt.</translation>
    </message>
    <message>
        <source>figures of the embeddings</source>
        <translation>Größen der Embeddings</translation>
    </message>
    <message>
        <source>No curve: {reason}</source>
        <translation>Keine Kurve: {reason}</translation>
    </message>
    <message>
        <source>{shown} of {count} images, drawn at random</source>
        <translation>{shown} von {count} Bildern, zufällig gezogen</translation>
    </message>
    <message>
        <source>Every figure of the held-out images will stand here: verification, retrieval, clustering, classification and segmentation. Start a run and wait for its first epoch, or open a finished run.</source>
        <translation>Hier stehen jede Größe der zurückgehaltenen Bilder: Verifikation, Suche, Clusterbildung, Klassifikation und Segmentierung. Einen Lauf starten und die erste Epoche abwarten, oder einen fertigen Lauf öffnen.</translation>
    </message>
    <message>
        <source>Every figure will stand here with its 95 % interval: verification, retrieval, clustering, classification and segmentation. Press Evaluate to measure the newest checkpoint.</source>
        <translation>Hier steht jede Größe mit ihrem 95-%-Intervall: Verifikation, Suche, Clusterbildung, Klassifikation und Segmentierung. Auswerten misst den neuesten Checkpoint.</translation>
    </message>
    <message>
        <source>a measurement is under way; wait for it or cancel it</source>
        <translation>eine Messung läuft; warten oder abbrechen</translation>
    </message>
    <message>
        <source>figures</source>
        <translation>Größen</translation>
    </message>
    <message>
        <source>not evaluated yet</source>
        <translation>noch nicht ausgewertet</translation>
    </message>
    <message>
        <source>{path}: the report cannot be saved ({strerror})</source>
        <translation>{path}: der Bericht lässt sich nicht speichern ({strerror})</translation>
    </message>
    <message>
        <source>Every figure with its interval.</source>
        <translation>Jede Größe mit ihrem Intervall.</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <source>How well each class is recognised and segmented.</source>
        <translation>Wie gut jede Klasse erkannt und segmentiert wird.</translation>
    </message>
    <message>
        <source>Confusion</source>
        <translation>Verwechslung</translation>
    </message>
    <message>
        <source>Which class is taken for which.</source>
        <translation>Welche Klasse für welche gehalten wird.</translation>
    </message>
    <message>
        <source>Calibration</source>
        <translation>Kalibrierung</translation>
    </message>
    <message>
        <source>How far the probability of &apos;same&apos; can be believed.</source>
        <translation>Wie weit der Wahrscheinlichkeit von „gleich“ zu glauben ist.</translation>
    </message>
    <message>
        <source>Protocols</source>
        <translation>Protokolle</translation>
    </message>
    <message>
        <source>LFW, own pair lists, one-shot runs and few-shot episodes.</source>
        <translation>LFW, eigene Paarlisten, One-Shot-Läufe und Few-Shot-Episoden.</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Runs and distances beside one another.</source>
        <translation>Läufe und Distanzen nebeneinander.</translation>
    </message>
    <message>
        <source>As of step {step}; the model is at step {now}. Evaluate again to measure it.</source>
        <translation>Stand Schritt {step}; das Modell ist bei Schritt {now}. Zum Messen neu auswerten.</translation>
    </message>
    <message>
        <source>Measured by {labels}; the window compares by {labels_2} now.</source>
        <translation>Gemessen mit {labels}; das Fenster vergleicht jetzt mit {labels_2}.</translation>
    </message>
    <message>
        <source>Export the evaluation as {upper}</source>
        <translation>Auswertung als {upper} exportieren</translation>
    </message>
    <message>
        <source>held-out, {images} images</source>
        <translation>{images} zurückgehaltene</translation>
    </message>
    <message>
        <source>all, {images} images</source>
        <translation>alle {images} Bilder</translation>
    </message>
    <message>
        <source>Here will stand how far the probability of &apos;same&apos; can be believed, and a choice of the calibration that Verify uses. Press Evaluate to measure the run.</source>
        <translation>Hier steht, wie weit der Wahrscheinlichkeit von „gleich“ zu glauben ist, und eine Wahl der Kalibrierung, die Prüfen benutzt. Auswerten misst den Lauf.</translation>
    </message>
    <message>
        <source>A logistic curve with two numbers: needs few pairs, and is smooth. Right where the curve follows the diagonal.</source>
        <translation>Eine logistische Kurve mit zwei Zahlen: braucht wenige Paare und ist glatt. Richtig, wo die Kurve der Diagonalen folgt.</translation>
    </message>
    <message>
        <source>Any curve that never rises with the distance: follows the pairs as they are, and needs thousands of them. Choose it where Platt&apos;s leaves the diagonal.</source>
        <translation>Eine beliebige Kurve, die mit der Distanz nie steigt: folgt den Paaren, wie sie sind, und braucht Tausende. Zu wählen, wo die von Platt die Diagonale verlässt.</translation>
    </message>
    <message>
        <source>calibration</source>
        <translation>Kalibrierung</translation>
    </message>
    <message>
        <source>How a distance becomes a probability.</source>
        <translation>Wie aus einer Distanz eine Wahrscheinlichkeit wird.</translation>
    </message>
    <message>
        <source>Cllr, bits</source>
        <translation>Cllr, Bit</translation>
    </message>
    <message>
        <source>Cost of the log-likelihood ratios: 0 is perfect, 1 says nothing.</source>
        <translation>Kosten der Log-Likelihood-Quotienten: 0 ist vollkommen, 1 sagt nichts.</translation>
    </message>
    <message>
        <source>calibrations</source>
        <translation>Kalibrierungen</translation>
    </message>
    <message>
        <source>least possible</source>
        <translation>kleinstmöglich</translation>
    </message>
    <message>
        <source>Not now: {unavailable}</source>
        <translation>Nicht jetzt: {unavailable}</translation>
    </message>
    <message>
        <source>Verify uses the {NAMES} calibration</source>
        <translation>Prüfen benutzt die Kalibrierung {NAMES}</translation>
    </message>
    <message>
        <source>Verify takes its probability from</source>
        <translation>Prüfen rechnet mit</translation>
    </message>
    <message>
        <source>{capitalize} costs least: {lost:.3f} bits more than the distances themselves must cost.</source>
        <translation>{capitalize} kostet am wenigsten: {lost:.3f} Bit mehr, als die Distanzen selbst kosten müssen.</translation>
    </message>
    <message>
        <source>Here will stand how well each class is recognised and segmented, sorted as you like. Press Evaluate to measure the run.</source>
        <translation>Hier steht, wie gut jede Klasse erkannt und segmentiert wird, beliebig sortiert. Auswerten misst den Lauf.</translation>
    </message>
    <message>
        <source>There is nothing to say by class: the model cannot name the classes of these images, which it was not trained on, and there are no masks. Evaluate all images, or train on a closed set, to see the classes that it knows.</source>
        <translation>Nach Klassen gibt es nichts zu sagen: Das Modell kann die Klassen dieser Bilder nicht nennen, mit denen es nicht trainiert wurde, und es gibt keine Masken. Alle Bilder auswerten oder mit einer geschlossenen Menge trainieren, um die Klassen zu sehen, die es kennt.</translation>
    </message>
    <message>
        <source>Here will stand which class is taken for which. Press Evaluate to measure the run.</source>
        <translation>Hier steht, welche Klasse für welche gehalten wird. Auswerten misst den Lauf.</translation>
    </message>
    <message>
        <source>There is no table of which class is taken for which: the model was not trained on the classes of these images. Evaluate all images to see those that it was trained on, or open Pairs to see which identities are mistaken for one another.</source>
        <translation>Es gibt keine Tabelle, welche Klasse für welche gehalten wird: Das Modell wurde nicht mit den Klassen dieser Bilder trainiert. Alle Bilder auswerten zeigt die, mit denen es trainiert wurde; Paare zeigt, welche Identitäten verwechselt werden.</translation>
    </message>
    <message>
        <source>rows: true class · columns: predicted · shade: share of the row · a click selects the images</source>
        <translation>Zeilen: wahre Klasse · Spalten: vorhergesagte · Tönung: Anteil der Zeile · ein Klick wählt die Bilder</translation>
    </message>
    <message>
        <source>The class.</source>
        <translation>Die Klasse.</translation>
    </message>
    <message>
        <source>How many images of the class were measured.</source>
        <translation>Wie viele Bilder der Klasse gemessen wurden.</translation>
    </message>
    <message>
        <source>accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Share of its images that are recognised (recall).</source>
        <translation>Anteil ihrer Bilder, die erkannt werden (Recall).</translation>
    </message>
    <message>
        <source>precision</source>
        <translation>Präzision</translation>
    </message>
    <message>
        <source>Share of the images taken for this class that are of it.</source>
        <translation>Anteil der für diese Klasse gehaltenen Bilder, die aus ihr sind.</translation>
    </message>
    <message>
        <source>IoU</source>
        <translation>IoU</translation>
    </message>
    <message>
        <source>Mean overlap of predicted and true masks of its images.</source>
        <translation>Mittlere Überdeckung vorhergesagter und wahrer Masken seiner Bilder.</translation>
    </message>
    <message>
        <source>Dice</source>
        <translation>Dice</translation>
    </message>
    <message>
        <source>Mean Dice coefficient of predicted and true masks of its images.</source>
        <translation>Mittlerer Dice-Koeffizient vorhergesagter und wahrer Masken seiner Bilder.</translation>
    </message>
    <message>
        <source>confusion matrix</source>
        <translation>Verwechslungsmatrix</translation>
    </message>
    <message>
        <source>Point at a cell to read it; click it to select its images in all panels.</source>
        <translation>Der Mauszeiger zeigt, was in einer Zelle steht; ein Klick wählt ihre Bilder in allen Panels.</translation>
    </message>
    <message>
        <source>The curves will stand here over one another, and below them whether the candidates differ. Add a second run, or another distance of this run, then press Compare.</source>
        <translation>Hier stehen die Kurven übereinander, und darunter, ob sich die Kandidaten unterscheiden. Einen zweiten Lauf oder eine weitere Distanz dieses Laufs hinzufügen, dann Vergleichen drücken.</translation>
    </message>
    <message>
        <source>Add another run or distance first: a comparison takes at least two.</source>
        <translation>Erst einen weiteren Lauf oder eine Distanz hinzufügen: Ein Vergleich braucht mindestens zwei.</translation>
    </message>
    <message>
        <source>The list has changed since: curves and numbers are of what it held before. Compare again.</source>
        <translation>Die Liste hat sich seither geändert: Kurven und Zahlen sind von dem, was vorher darin stand. Neu vergleichen.</translation>
    </message>
    <message>
        <source>Measure all of them on the images that every run holds out, and their differences on the same identities.</source>
        <translation>Alle auf den Bildern messen, die jeder Lauf zurückhält, und ihre Unterschiede auf denselben Identitäten.</translation>
    </message>
    <message>
        <source>Take the chosen candidate off the list.</source>
        <translation>Den gewählten Kandidaten von der Liste nehmen.</translation>
    </message>
    <message>
        <source>Choose a candidate in the list first.</source>
        <translation>Erst einen Kandidaten in der Liste wählen.</translation>
    </message>
    <message>
        <source>Add run</source>
        <translation>Lauf hinzufügen</translation>
    </message>
    <message>
        <source>Add distance</source>
        <translation>Distanz hinzufügen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>differences</source>
        <translation>Unterschiede</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>Ordner wählen…</translation>
    </message>
    <message>
        <source>What is compared</source>
        <translation>Was verglichen wird</translation>
    </message>
    <message>
        <source>What is compared. Delete removes the chosen one.</source>
        <translation>Was verglichen wird. Entf nimmt das Gewählte heraus.</translation>
    </message>
    <message>
        <source>Add another run, by its folder or from those used of late.</source>
        <translation>Einen weiteren Lauf hinzufügen, über seinen Ordner oder aus den zuletzt benutzten.</translation>
    </message>
    <message>
        <source>Add another distance of the run that the window shows.</source>
        <translation>Eine weitere Distanz des gezeigten Laufs hinzufügen.</translation>
    </message>
    <message>
        <source>its own distance</source>
        <translation>seine eigene Distanz</translation>
    </message>
    <message>
        <source>Not now: {reason}</source>
        <translation>Nicht jetzt: {reason}</translation>
    </message>
    <message>
        <source>confusion {true} taken for {predicted}</source>
        <translation>Verwechslung: {true} für {predicted} gehalten</translation>
    </message>
    <message>
        <source>only the listed pairs are known to be of one identity or of two</source>
        <translation>nur von den aufgeführten Paaren ist bekannt, ob sie von einer Identität oder von zweien sind</translation>
    </message>
    <message>
        <source>the model cannot name classes that it was not trained on</source>
        <translation>das Modell kann keine Klassen nennen, mit denen es nicht trainiert wurde</translation>
    </message>
    <message>
        <source>the images have no masks, or the model predicts none</source>
        <translation>die Bilder haben keine Masken, oder das Modell sagt keine vorher</translation>
    </message>
    <message>
        <source>the pairs are too few</source>
        <translation>die Paare sind zu wenige</translation>
    </message>
    <message>
        <source>partial AUC, FPR to 1 %</source>
        <translation>partielle AUC, FPR bis 1 %</translation>
    </message>
    <message>
        <source>The area under the curve up to FPR 1 %, scaled so that 1 is perfect and 0.5 is guessing: what counts where false accepts are dear.</source>
        <translation>Die Fläche unter der Kurve bis FPR 1 %, skaliert so, dass 1 vollkommen und 0,5 Raten ist: was zählt, wo falsche Annahmen teuer sind.</translation>
    </message>
    <message>
        <source>Mean precision at the distance of each genuine pair: the area below precision over recall. Depends on how many pairs there are of each kind.</source>
        <translation>Mittlere Präzision bei der Distanz jedes echten Paars: die Fläche unter Präzision über Recall. Hängt davon ab, wie viele Paare es von jeder Art gibt.</translation>
    </message>
    <message>
        <source>What wrong decisions cost at the best threshold where 1 in 100 pairs is genuine; 1 is the cost of deciding without looking.</source>
        <translation>Was falsche Entscheidungen bei der besten Schwelle kosten, wo 1 von 100 Paaren echt ist; 1 kostet es, ohne hinzusehen zu entscheiden.</translation>
    </message>
    <message>
        <source>How far the mean distances of genuine and impostor pairs lie apart, in standard deviations.</source>
        <translation>Wie weit die mittleren Distanzen echter und fremder Paare auseinander liegen, in Standardabweichungen.</translation>
    </message>
    <message>
        <source>Cost of the log-likelihood ratios, in bits: 0 is perfect, 1 says nothing. It measures order and calibration.</source>
        <translation>Kosten der Log-Likelihood-Quotienten in Bit: 0 ist vollkommen, 1 sagt nichts. Misst Reihenfolge und Kalibrierung.</translation>
    </message>
    <message>
        <source>as many clusters as there are identities</source>
        <translation>so viele Cluster, wie es Identitäten gibt</translation>
    </message>
    <message>
        <source>neighbours within a distance that is chosen from the data</source>
        <translation>Nachbarn innerhalb einer Distanz, die aus den Daten gewählt wird</translation>
    </message>
    <message>
        <source>clusters of varying density; nothing has to be chosen</source>
        <translation>Cluster wechselnder Dichte; nichts muss gewählt werden</translation>
    </message>
    <message>
        <source>Verification</source>
        <translation>Verifikation</translation>
    </message>
    <message>
        <source>Are two images of one identity?</source>
        <translation>Sind zwei Bilder von einer Identität?</translation>
    </message>
    <message>
        <source>Suggested threshold</source>
        <translation>Vorgeschlagene Schwelle</translation>
    </message>
    <message>
        <source>What a threshold for these images would do.</source>
        <translation>Was eine Schwelle für diese Bilder täte.</translation>
    </message>
    <message>
        <source>Retrieval</source>
        <translation>Suche</translation>
    </message>
    <message>
        <source>Is what lies nearest of the same identity?</source>
        <translation>Ist das Nächstliegende von derselben Identität?</translation>
    </message>
    <message>
        <source>Clustering</source>
        <translation>Clusterbildung</translation>
    </message>
    <message>
        <source>Do the embeddings fall into identities by themselves?</source>
        <translation>Zerfallen die Embeddings von selbst in Identitäten?</translation>
    </message>
    <message>
        <source>Classification</source>
        <translation>Klassifikation</translation>
    </message>
    <message>
        <source>Is the class named rightly?</source>
        <translation>Ist die Klasse richtig genannt?</translation>
    </message>
    <message>
        <source>Segmentation</source>
        <translation>Segmentierung</translation>
    </message>
    <message>
        <source>Does the predicted mask cover the object?</source>
        <translation>Bedeckt die vorhergesagte Maske das Objekt?</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>What to know before relying on the figures.</source>
        <translation>Was zu wissen ist, bevor man sich auf die Größen verlässt.</translation>
    </message>
    <message>
        <source>AUC</source>
        <translation>AUC</translation>
    </message>
    <message>
        <source>Probability that a genuine pair is nearer than an impostor pair, whatever the threshold.</source>
        <translation>Wahrscheinlichkeit, dass ein echtes Paar näher ist als ein fremdes, bei welcher Schwelle auch immer.</translation>
    </message>
    <message>
        <source>EER</source>
        <translation>EER</translation>
    </message>
    <message>
        <source>Equal error rate: the threshold where as large a share of impostor pairs is accepted as of genuine ones rejected.</source>
        <translation>Equal Error Rate: die Schwelle, bei der ein ebenso großer Anteil fremder Paare angenommen wie echter abgelehnt wird.</translation>
    </message>
    <message>
        <source>FPR {value:g} %</source>
        <translation>FPR {value:g} %</translation>
    </message>
    <message>
        <source>TPR at {at}</source>
        <translation>TPR bei {at}</translation>
    </message>
    <message>
        <source>Accepted share of genuine pairs at the largest threshold that accepts {value:g} % of impostor pairs at most.</source>
        <translation>Angenommener Anteil echter Paare bei der größten Schwelle, die höchstens {value:g} % der fremden Paare annimmt.</translation>
    </message>
    <message>
        <source>genuine pairs</source>
        <translation>echte Paare</translation>
    </message>
    <message>
        <source>Pairs of two images of one identity.</source>
        <translation>Paare zweier Bilder einer Identität.</translation>
    </message>
    <message>
        <source>impostor pairs</source>
        <translation>fremde Paare</translation>
    </message>
    <message>
        <source>Pairs of images of two identities.</source>
        <translation>Paare von Bildern zweier Identitäten.</translation>
    </message>
    <message>
        <source>Identities (classes) among the images.</source>
        <translation>Identitäten (Klassen) unter den Bildern.</translation>
    </message>
    <message>
        <source>threshold at {rule}</source>
        <translation>Schwelle bei {rule}</translation>
    </message>
    <message>
        <source>The largest distance that is accepted. The run may hold another one that a person has chosen: see ROC.</source>
        <translation>Die größte Distanz, die angenommen wird. Der Lauf hat vielleicht eine andere, die jemand gewählt hat: siehe ROC.</translation>
    </message>
    <message>
        <source>{name}, choosing half</source>
        <translation>{name}, wählende Hälfte</translation>
    </message>
    <message>
        <source>Accepted share of genuine pairs of the identities that the threshold was chosen on.</source>
        <translation>Angenommener Anteil der echten Paare der Identitäten, an denen die Schwelle gewählt wurde.</translation>
    </message>
    <message>
        <source>Accepted share of impostor pairs of the identities that the threshold was chosen on.</source>
        <translation>Angenommener Anteil der fremden Paare der Identitäten, an denen die Schwelle gewählt wurde.</translation>
    </message>
    <message>
        <source>{name}, other half</source>
        <translation>{name}, andere Hälfte</translation>
    </message>
    <message>
        <source>Accepted share of genuine pairs of identities that the threshold was not chosen on: believe these.</source>
        <translation>Angenommener Anteil der echten Paare von Identitäten, an denen die Schwelle nicht gewählt wurde: diesen glauben.</translation>
    </message>
    <message>
        <source>Accepted share of impostor pairs of identities that the threshold was not chosen on: believe these.</source>
        <translation>Angenommener Anteil der fremden Paare von Identitäten, an denen die Schwelle nicht gewählt wurde: diesen glauben.</translation>
    </message>
    <message>
        <source>Images whose nearest other image is of their identity.</source>
        <translation>Bilder, deren nächstes anderes Bild von ihrer Identität ist.</translation>
    </message>
    <message>
        <source>With R other images of an identity: the share of it among the R nearest.</source>
        <translation>Bei R anderen Bildern einer Identität: ihr Anteil unter den R nächsten.</translation>
    </message>
    <message>
        <source>As R-precision, but what is nearer counts more.</source>
        <translation>Wie R-precision, doch Näheres zählt mehr.</translation>
    </message>
    <message>
        <source>Images with at least one of their identity among the {k} nearest.</source>
        <translation>Bilder mit mindestens einem ihrer Identität unter den {k} nächsten.</translation>
    </message>
    <message>
        <source>Images that a vote of their {k} nearest names rightly.</source>
        <translation>Bilder, die eine Abstimmung ihrer {k} nächsten richtig benennt.</translation>
    </message>
    <message>
        <source>k-NN accuracy, k = {k}</source>
        <translation>k-NN-Genauigkeit, k = {k}</translation>
    </message>
    <message>
        <source>Images whose most probable class is their own.</source>
        <translation>Bilder, deren wahrscheinlichste Klasse ihre eigene ist.</translation>
    </message>
    <message>
        <source>Mean over images of the shared area of predicted and true mask in the area of both.</source>
        <translation>Mittel über die Bilder: gemeinsame Fläche von vorhergesagter und wahrer Maske, geteilt durch die Fläche beider zusammen.</translation>
    </message>
    <message>
        <source>Mean over images of twice the shared area in the sum of both areas.</source>
        <translation>Mittel über die Bilder: doppelte gemeinsame Fläche, geteilt durch die Summe beider Flächen.</translation>
    </message>
    <message>
        <source>{identities} identities</source>
        <translation>{identities} Identitäten</translation>
    </message>
    <message>
        <source>NMI, ARI</source>
        <translation>NMI, ARI</translation>
    </message>
    <message>
        <source>, {noise} of the images in none</source>
        <translation>, {noise} der Bilder in keinem</translation>
    </message>
    <message>
        <source>{clusters} clusters of {images} images{noise}</source>
        <translation>{clusters} Cluster von {images} Bildern{noise}</translation>
    </message>
    <message>
        <source>NMI, {name}</source>
        <translation>NMI, {name}</translation>
    </message>
    <message>
        <source>Normalised mutual information of clusters and identities, 0 to 1; {name}: {how}.</source>
        <translation>Normierte Transinformation von Clustern und Identitäten, 0 bis 1; {name}: {how}.</translation>
    </message>
    <message>
        <source>ARI, {name}</source>
        <translation>ARI, {name}</translation>
    </message>
    <message>
        <source>Adjusted Rand index: 1 where clusters are the identities, about 0 by chance; {name}: {how}.</source>
        <translation>Adjustierter Rand-Index: 1, wo Cluster die Identitäten sind, etwa 0 bei Zufall; {name}: {how}.</translation>
    </message>
    <message>
        <source>Measure the newest checkpoint on these images, by the distance that the window compares by: every figure, with its interval. Takes seconds to minutes, behind the window.</source>
        <translation>Den neuesten Checkpoint auf diesen Bildern messen, mit der Distanz, mit der das Fenster vergleicht: jede Größe mit ihrem Intervall. Dauert Sekunden bis Minuten, im Hintergrund.</translation>
    </message>
    <message>
        <source>Save all figures, protocols and comparisons of this evaluation.</source>
        <translation>Alle Größen, Protokolle und Vergleiche dieser Auswertung speichern.</translation>
    </message>
    <message>
        <source>held-out</source>
        <translation>zurückgehalten</translation>
    </message>
    <message>
        <source>images the model was not trained on: what to judge it by.</source>
        <translation>Bilder, mit denen das Modell nicht trainiert wurde: woran es zu beurteilen ist.</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>training images too, on which every model looks better than it is.</source>
        <translation>auch Trainingsbilder, auf denen jedes Modell besser aussieht, als es ist.</translation>
    </message>
    <message>
        <source>Which images are measured.</source>
        <translation>Welche Bilder gemessen werden.</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>Auswerten</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>{EVALUATE} (Ctrl+E)</source>
        <translation>{EVALUATE} (Strg+E)</translation>
    </message>
    <message>
        <source>Not now: there is no evaluation yet.</source>
        <translation>Nicht jetzt: Es gibt noch keine Auswertung.</translation>
    </message>
    <message>
        <source>All figures as {upper}…</source>
        <translation>Alle Größen als {upper}…</translation>
    </message>
    <message>
        <source>The result will stand here: mean and standard error, and every fold, run or episode. Choose a protocol and its files above, then press Run protocol.</source>
        <translation>Hier steht das Ergebnis: Mittel und Standardfehler, und jeder Teil, Lauf oder jede Episode. Oben ein Protokoll und seine Dateien wählen, dann Protokoll ausführen drücken.</translation>
    </message>
    <message>
        <source>Run the protocol with the newest checkpoint, behind the window.</source>
        <translation>Das Protokoll mit dem neuesten Checkpoint ausführen, im Hintergrund.</translation>
    </message>
    <message>
        <source>LFW pairs</source>
        <translation>LFW-Paare</translation>
    </message>
    <message>
        <source>Pair list</source>
        <translation>Paarliste</translation>
    </message>
    <message>
        <source>One-shot runs</source>
        <translation>One-Shot-Läufe</translation>
    </message>
    <message>
        <source>Episodes</source>
        <translation>Episoden</translation>
    </message>
    <message>
        <source>mean ± standard error over {parts} folds</source>
        <translation>Mittel ± Standardfehler über {parts} Falten</translation>
    </message>
    <message>
        <source>mean ± standard error over {parts} runs</source>
        <translation>Mittel ± Standardfehler über {parts} Läufe</translation>
    </message>
    <message>
        <source>mean ± standard error over {parts} episodes</source>
        <translation>Mittel ± Standardfehler über {parts} Episoden</translation>
    </message>
    <message>
        <source>One fold, run or episode.</source>
        <translation>Ein Teil, Lauf oder eine Episode.</translation>
    </message>
    <message>
        <source>Of this part alone.</source>
        <translation>Dieses Teils allein.</translation>
    </message>
    <message>
        <source>The largest distance that was accepted, best for the other folds.</source>
        <translation>Die größte Distanz, die angenommen wurde, am besten für die anderen Teile.</translation>
    </message>
    <message>
        <source>trials</source>
        <translation>Versuche</translation>
    </message>
    <message>
        <source>Decisions that the figure is the mean of.</source>
        <translation>Entscheidungen, deren Mittel die Größe ist.</translation>
    </message>
    <message>
        <source>Run protocol</source>
        <translation>Protokoll ausführen</translation>
    </message>
    <message>
        <source>parts of the protocol</source>
        <translation>Teile des Protokolls</translation>
    </message>
    <message>
        <source>one part, so no standard error</source>
        <translation>ein Teil, daher kein Standardfehler</translation>
    </message>
    <message>
        <source>95 % interval {rate_interval} %</source>
        <translation>95-%-Intervall {rate_interval} %</translation>
    </message>
    <message>
        <source>by chance {chance}</source>
        <translation>bei Zufall {chance}</translation>
    </message>
    <message>
        <source>AUC {auc:.4f}, EER {eer}</source>
        <translation>AUC {auc:.4f}, EER {eer}</translation>
    </message>
    <message>
        <source>Identify</source>
        <translation>Erkennen</translation>
    </message>
    <message>
        <source>Who is on an image: the nearest names, and whether the threshold takes them for the same.</source>
        <translation>Wer auf einem Bild ist: die nächsten Namen, und ob die Schwelle sie für gleich hält.</translation>
    </message>
    <message>
        <source>Enrolled</source>
        <translation>Eingetragen</translation>
    </message>
    <message>
        <source>Who is enrolled: add, rename and remove.</source>
        <translation>Wer eingetragen ist: hinzufügen, umbenennen und entfernen.</translation>
    </message>
    <message>
        <source>Rates</source>
        <translation>Raten</translation>
    </message>
    <message>
        <source>What &apos;unknown&apos; is worth: how often strangers are taken for somebody, and enrolled people are found.</source>
        <translation>Was „unbekannt“ wert ist: wie oft Fremde für jemanden gehalten und eingetragene Personen gefunden werden.</translation>
    </message>
    <message>
        <source>Look at all enrolled images again with the weights in use. They are kept with the run as the model sees them.</source>
        <translation>Alle eingetragenen Bilder mit den benutzten Gewichten neu ansehen. Sie sind mit dem Lauf so aufbewahrt, wie das Modell sie sieht.</translation>
    </message>
    <message>
        <source>Embed again</source>
        <translation>Neu einbetten</translation>
    </message>
    <message>
        <source>Enrolled ({names})</source>
        <translation>Eingetragen ({names})</translation>
    </message>
    <message>
        <source>{stale} embedded by other weights than those in use, of step {step}</source>
        <translation>{stale} mit anderen als den benutzten Gewichten eingebettet, von Schritt {step}</translation>
    </message>
    <message>
        <source>pages of the gallery</source>
        <translation>Seiten der Galerie</translation>
    </message>
    <message>
        <source>mean of a name&apos;s images</source>
        <translation>Mittel der Bilder eines Namens</translation>
    </message>
    <message>
        <source>Each name is the mean of its images&apos; embeddings. Steady, and best where its images are alike.</source>
        <translation>Jeder Name ist der Mittelwert der Embeddings seiner Bilder. Ruhig, und am besten, wo seine Bilder ähnlich sind.</translation>
    </message>
    <message>
        <source>nearest of its images</source>
        <translation>nächstes seiner Bilder</translation>
    </message>
    <message>
        <source>Each name is as near as the nearest of its images. Better where they differ much, as from front and side; one bad image suffices for a false match.</source>
        <translation>Jeder Name ist so nah wie das nächste seiner Bilder. Besser, wo sie sich stark unterscheiden, etwa von vorn und von der Seite; ein schlechtes Bild genügt für einen falschen Treffer.</translation>
    </message>
    <message>
        <source>What the distance to a name is.</source>
        <translation>Was die Distanz zu einem Namen ist.</translation>
    </message>
    <message>
        <source>Drop an image at the left: who is it?</source>
        <translation>Links ein Bild ablegen: Wer ist es?</translation>
    </message>
    <message>
        <source>Nobody is enrolled yet: do that under Enrolled, then drop an image here.</source>
        <translation>Noch niemand eingetragen: unter Eingetragen nachholen, dann hier ein Bild ablegen.</translation>
    </message>
    <message>
        <source>looking…</source>
        <translation>sieht hin…</translation>
    </message>
    <message>
        <source>What this threshold does to people nobody has seen, measured on the held-out identities: how many images of strangers are taken for somebody, and how many of enrolled people are found. More under Rates.</source>
        <translation>Was diese Schwelle mit Menschen macht, die niemand gesehen hat, gemessen an den zurückgehaltenen Identitäten: wie viele Bilder Fremder für jemanden gehalten werden, und wie viele eingetragener Personen gefunden. Mehr unter Raten.</translation>
    </message>
    <message>
        <source>The distance to the centre of the nearest class of the training images, and how many of these lie nearer to theirs, each measured without itself. Near 100 % the image is unlike anything the model was trained on, and what it says of it is worth little.</source>
        <translation>Die Distanz zur Mitte der nächsten Klasse der Trainingsbilder, und wie viele von diesen ihrer näher liegen, jedes ohne sich selbst gemessen. Nahe 100 % gleicht das Bild nichts, womit das Modell trainiert wurde, und was es davon sagt, ist wenig wert.</translation>
    </message>
    <message>
        <source>enrolment rule</source>
        <translation>Eintragsregel</translation>
    </message>
    <message>
        <source>{paths} files at once; drop one image, or enrol them.</source>
        <translation>{paths} Dateien auf einmal; ein Bild ablegen, oder sie eintragen.</translation>
    </message>
    <message>
        <source>the nearest names</source>
        <translation>die nächsten Namen</translation>
    </message>
    <message>
        <source>The nearest names: a filled disc is within the threshold, a ring beyond it.</source>
        <translation>Die nächsten Namen: Eine gefüllte Scheibe liegt innerhalb der Schwelle, ein Ring jenseits.</translation>
    </message>
    <message>
        <source>{shown}, no threshold yet</source>
        <translation>{shown}, noch keine Schwelle</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>known</source>
        <translation>bekannt</translation>
    </message>
    <message>
        <source>{name}
enrolled by {images}; the nearest of them is shown</source>
        <translation>{name}
eingetragen mit {images}; das nächste davon ist gezeigt</translation>
    </message>
    <message>
        <source>Who is enrolled will stand here.

Type a name above, then choose or drop a few images of the person, animal or part. Images of different views make a name easier to find.</source>
        <translation>Hier steht, wer eingetragen ist.

Oben einen Namen tippen, dann einige Bilder der Person, des Tiers oder Teils wählen oder ablegen. Bilder aus verschiedenen Ansichten machen einen Namen leichter zu finden.</translation>
    </message>
    <message>
        <source>Who or what it is. A name that is enrolled already gets the images too.</source>
        <translation>Wer oder was es ist. Ein schon eingetragener Name bekommt die Bilder dazu.</translation>
    </message>
    <message>
        <source>Choose the images to enrol under this name. Or drop them on the list: on a name, they are added to it.</source>
        <translation>Die Bilder wählen, die unter diesem Namen eingetragen werden. Oder auf der Liste ablegen: Auf einem Namen kommen sie zu diesem dazu.</translation>
    </message>
    <message>
        <source>Enrol the images that stand in the slots of Verify.</source>
        <translation>Die Bilder eintragen, die auf den Feldern von Prüfen stehen.</translation>
    </message>
    <message>
        <source>There is no image in Verify.</source>
        <translation>In Prüfen steht kein Bild.</translation>
    </message>
    <message>
        <source>Select a name first.</source>
        <translation>Erst einen Namen wählen.</translation>
    </message>
    <message>
        <source>Enrol images…</source>
        <translation>Bilder eintragen…</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>1 name</source>
        <translation>1 Name</translation>
    </message>
    <message>
        <source>{names} names</source>
        <translation>{names} Namen</translation>
    </message>
    <message>
        <source>name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>From Verify</source>
        <translation>Aus Prüfen</translation>
    </message>
    <message>
        <source>name to enrol</source>
        <translation>einzutragender Name</translation>
    </message>
    <message>
        <source>choose images to enrol</source>
        <translation>Bilder zum Eintragen wählen</translation>
    </message>
    <message>
        <source>enrol the images of Verify</source>
        <translation>die Bilder von Prüfen eintragen</translation>
    </message>
    <message>
        <source>rename the selected name</source>
        <translation>den gewählten Namen umbenennen</translation>
    </message>
    <message>
        <source>remove the selected name</source>
        <translation>den gewählten Namen entfernen</translation>
    </message>
    <message>
        <source>who is enrolled</source>
        <translation>wer eingetragen ist</translation>
    </message>
    <message>
        <source>Images to enrol</source>
        <translation>Bilder zum Eintragen</translation>
    </message>
    <message>
        <source>Images ({patterns})</source>
        <translation>Bilder ({patterns})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>There is no image in what was dropped; images or image files are needed.</source>
        <translation>In dem Abgelegten ist kein Bild; Bilder oder Bilddateien sind nötig.</translation>
    </message>
    <message>
        <source>{sources} to enrol: type a name and press Enter.</source>
        <translation>{sources} zum Eintragen: einen Namen tippen und Eingabe drücken.</translation>
    </message>
    <message>
        <source>Write another name in the list (F2, or a double click on it).</source>
        <translation>Einen anderen Namen in die Liste schreiben (F2 oder Doppelklick).</translation>
    </message>
    <message>
        <source>Remove the name with all its images (Delete); Ctrl+Z takes that back.</source>
        <translation>Den Namen mit allen seinen Bildern entfernen (Entf); Strg+Z nimmt das zurück.</translation>
    </message>
    <message>
        <source>{images}, by weights of step {newest}:</source>
        <translation>{images}, mit Gewichten von Schritt {newest}:</translation>
    </message>
    <message>
        <source>and {value} more</source>
        <translation>und {value} weitere</translation>
    </message>
    <message>
        <source>Half of the held-out identities are enrolled, the others are strangers, 20 times over; then all other images are looked up.

The more names are enrolled, the more often a stranger is near one of them: compare the number of names with yours. ± is the standard error over the 20 partings.</source>
        <translation>Die Hälfte der zurückgehaltenen Identitäten wird eingetragen, die anderen sind Fremde, 20-mal; dann werden alle anderen Bilder nachgeschlagen.

Je mehr Namen eingetragen sind, desto öfter ist ein Fremder einem nah: die Zahl der Namen mit der eigenen vergleichen. ± ist der Standardfehler über die 20 Teilungen.</translation>
    </message>
    <message>
        <source>By how many images each identity is enrolled in this measurement; take about as many as your names have.</source>
        <translation>Mit wie vielen Bildern jede Identität in dieser Messung eingetragen wird; etwa so viele, wie die Namen haben.</translation>
    </message>
    <message>
        <source>The largest distance at which a name is accepted.</source>
        <translation>Die größte Distanz, bei der ein Name angenommen wird.</translation>
    </message>
    <message>
        <source>strangers</source>
        <translation>Fremde</translation>
    </message>
    <message>
        <source>Share of the strangers&apos; images that are taken for somebody: the false-alarm rate.</source>
        <translation>Anteil der Bilder Fremder, die für jemanden gehalten werden: die Fehlalarmrate.</translation>
    </message>
    <message>
        <source>found</source>
        <translation>gefunden</translation>
    </message>
    <message>
        <source>Share of the enrolled people&apos;s images whose own name is the nearest and within the threshold.</source>
        <translation>Anteil der Bilder eingetragener Personen, deren eigener Name der nächste und innerhalb der Schwelle ist.</translation>
    </message>
    <message>
        <source>in first 5</source>
        <translation>unter den ersten 5</translation>
    </message>
    <message>
        <source>The same where the own name is among the five nearest.</source>
        <translation>Dasselbe, wo der eigene Name unter den fünf nächsten ist.</translation>
    </message>
    <message>
        <source>measuring</source>
        <translation>Messen</translation>
    </message>
    <message>
        <source>Measure on the held-out identities of the newest look at the model.</source>
        <translation>Auf den zurückgehaltenen Identitäten des neuesten Blicks auf das Modell messen.</translation>
    </message>
    <message>
        <source>{count} names</source>
        <translation>{count} Namen</translation>
    </message>
    <message>
        <source>Strangers taken for somebody {taken}, people found {found} (among {names})</source>
        <translation>Fremde für jemanden gehalten {taken}, Personen gefunden {found} (unter {names})</translation>
    </message>
    <message>
        <source>At the threshold in force.</source>
        <translation>Bei der geltenden Schwelle.</translation>
    </message>
    <message>
        <source>images for each identity</source>
        <translation>Bilder je Identität</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Messen</translation>
    </message>
    <message>
        <source>measure open-set rates</source>
        <translation>Raten der offenen Menge messen</translation>
    </message>
    <message>
        <source>images for each:</source>
        <translation>Bilder je:</translation>
    </message>
    <message>
        <source>There are too few images of strangers to tell so small a rate.</source>
        <translation>Es gibt zu wenige Bilder Fremder für eine so kleine Rate.</translation>
    </message>
    <message>
        <source>strangers {}, found {}, in first 5 {}</source>
        <translation>Fremde {}, gefunden {}, unter den ersten 5 {}</translation>
    </message>
    <message>
        <source>At the threshold in force: {help_text}</source>
        <translation>Bei der geltenden Schwelle: {help_text}</translation>
    </message>
    <message>
        <source>nearest class {class_name} at {distance}, farther than {percentile} % of training images</source>
        <translation>nächste Klasse {class_name} bei {distance}, ferner als {percentile} % der Trainingsbilder</translation>
    </message>
    <message>
        <source>distance histograms</source>
        <translation>Histogramme der Distanzen</translation>
    </message>
    <message>
        <source>distance ({name})</source>
        <translation>Distanz ({name})</translation>
    </message>
    <message>
        <source>distance ({distance})</source>
        <translation>Distanz ({distance})</translation>
    </message>
    <message>
        <source>{capitalize} pairs</source>
        <translation>Paare: {capitalize}</translation>
    </message>
    <message>
        <source>{who} from {low} to {high}</source>
        <translation>{who} von {low} bis {high}</translation>
    </message>
    <message>
        <source>distance {edges} to {edges_2}</source>
        <translation>Distanz {edges} bis {edges_2}</translation>
    </message>
    <message>
        <source>genuine  {genuine} pairs</source>
        <translation>echt  {genuine} Paare</translation>
    </message>
    <message>
        <source>impostor {impostor} pairs</source>
        <translation>fremd {impostor} Paare</translation>
    </message>
    <message>
        <source>click a bar to see them</source>
        <translation>einen Balken anklicken, um sie zu sehen</translation>
    </message>
    <message>
        <source>Which tuples of a batch the metric loss averages.</source>
        <translation>Über welche Tupel eines Stapels der metrische Verlust mittelt.</translation>
    </message>
    <message>
        <source>Values the next run starts with.</source>
        <translation>Für den nächsten Lauf.</translation>
    </message>
    <message>
        <source>Changes act at the next step.</source>
        <translation>Ab nächstem Schritt.</translation>
    </message>
    <message>
        <source>Train a moment while the learning rate rises, and see where the loss falls fastest.</source>
        <translation>Einen Augenblick trainieren, während die Lernrate steigt, und sehen, wo der Verlust am schnellsten fällt.</translation>
    </message>
    <message>
        <source>A run is training; stop it first.</source>
        <translation>Ein Lauf trainiert; erst anhalten.</translation>
    </message>
    <message>
        <source>β has nothing to weigh: the data has no masks.</source>
        <translation>β hat nichts zu wiegen: Die Daten haben keine Masken.</translation>
    </message>
    <message>
        <source>What if: the share of all triplets of the training images that a margin leaves active, measured on the newest look at the model. At 0 % nothing is left to learn from; near 100 % even good triplets still pull.</source>
        <translation>Was wäre, wenn: der Anteil aller Triplets der Trainingsbilder, den ein Abstand aktiv lässt, gemessen am neuesten Blick auf das Modell. Bei 0 % bleibt nichts zu lernen; nahe 100 % ziehen auch gute Triplets noch.</translation>
    </message>
    <message>
        <source>What each margin would leave active will stand here after the first look at the model.</source>
        <translation>Was jeder Abstand aktiv ließe, steht hier nach dem ersten Blick auf das Modell.</translation>
    </message>
    <message>
        <source>mining</source>
        <translation>Mining</translation>
    </message>
    <message>
        <source>triplets active</source>
        <translation>Triplets aktiv</translation>
    </message>
    <message>
        <source>Find rate…</source>
        <translation>Rate finden…</translation>
    </message>
    <message>
        <source>Find a learning rate</source>
        <translation>Lernrate finden</translation>
    </message>
    <message>
        <source>Defaults</source>
        <translation>Standardwerte</translation>
    </message>
    <message>
        <source>Put all live settings back to what suits the metric loss.</source>
        <translation>Alle laufenden Einstellungen auf das setzen, was zum metrischen Verlust passt.</translation>
    </message>
    <message>
        <source>Reset the live settings to their defaults</source>
        <translation>Laufende Einstellungen auf Standard zurücksetzen</translation>
    </message>
    <message>
        <source>Requested for the next step: {waiting}.</source>
        <translation>Ab nächstem Schritt: {waiting}.</translation>
    </message>
    <message>
        <source>progress of the intervals</source>
        <translation>Fortschritt der Intervalle</translation>
    </message>
    <message>
        <source>, {seconds} left</source>
        <translation>, noch {seconds}</translation>
    </message>
    <message>
        <source>95 % intervals are being measured: {value:.0f} % done{left}</source>
        <translation>95-%-Intervalle werden gemessen: {value:.0f} % fertig{left}</translation>
    </message>
    <message>
        <source>stop measuring intervals</source>
        <translation>Messen der Intervalle anhalten</translation>
    </message>
    <message>
        <source>measure intervals</source>
        <translation>Intervalle messen</translation>
    </message>
    <message>
        <source>Stop measuring the 95 % intervals of this curve.</source>
        <translation>Die 95-%-Intervalle dieser Kurve nicht weiter messen.</translation>
    </message>
    <message>
        <source>Measure the 95 % intervals of this curve behind the window.</source>
        <translation>Die 95-%-Intervalle dieser Kurve im Hintergrund messen.</translation>
    </message>
    <message>
        <source>Selections kept with this run. A click selects the images; Shift adds them, Alt takes them away, Shift and Alt leave only those that are in both.</source>
        <translation>Mit diesem Lauf aufbewahrte Auswahlen. Ein Klick wählt die Bilder; Umschalt fügt sie hinzu, Alt nimmt sie weg, Umschalt und Alt lassen nur die, die in beiden sind.</translation>
    </message>
    <message>
        <source>Kept selections</source>
        <translation>Aufbewahrte Auswahlen</translation>
    </message>
    <message>
        <source>1 {kind}image</source>
        <translation>1 {kind}Bild</translation>
    </message>
    <message>
        <source>{count} {kind}images</source>
        <translation>{count} {kind}Bilder</translation>
    </message>
    <message>
        <source>What the window says will stand here, problems with details to copy. Nothing was said since it was cleared.</source>
        <translation>Hier steht, was das Fenster sagt, Probleme mit Einzelheiten zum Kopieren. Seit dem Leeren wurde nichts gesagt.</translation>
    </message>
    <message>
        <source>No message matches: choose &apos;all messages&apos; above, or search for something else.</source>
        <translation>Keine Meldung passt: oben „alle Meldungen“ wählen oder nach etwas anderem suchen.</translation>
    </message>
    <message>
        <source>No more is known than the message says.</source>
        <translation>Mehr ist nicht bekannt, als die Meldung sagt.</translation>
    </message>
    <message>
        <source>all messages</source>
        <translation>alle Meldungen</translation>
    </message>
    <message>
        <source>Problems, and notes on what was done.</source>
        <translation>Probleme, und Notizen zu dem, was getan wurde.</translation>
    </message>
    <message>
        <source>problems only</source>
        <translation>nur Probleme</translation>
    </message>
    <message>
        <source>Only what went wrong.</source>
        <translation>Nur was schiefging.</translation>
    </message>
    <message>
        <source>log level</source>
        <translation>log-Stufe</translation>
    </message>
    <message>
        <source>Which messages stand here.</source>
        <translation>Welche Meldungen hier stehen.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Save …</source>
        <translation>Speichern …</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Search the messages</source>
        <translation>Meldungen durchsuchen</translation>
    </message>
    <message>
        <source>search</source>
        <translation>suchen</translation>
    </message>
    <message>
        <source>Only messages that hold this text, in the message or its details.</source>
        <translation>Nur Meldungen mit diesem Text, in der Meldung oder ihren Einzelheiten.</translation>
    </message>
    <message>
        <source>Copy the chosen messages with their details; all, if none is chosen.</source>
        <translation>Die gewählten Meldungen mit Einzelheiten kopieren; alle, wenn keine gewählt ist.</translation>
    </message>
    <message>
        <source>Write all messages with their details to a text file.</source>
        <translation>Alle Meldungen mit Einzelheiten in eine Textdatei schreiben.</translation>
    </message>
    <message>
        <source>Empty this list. The file of the log keeps everything.</source>
        <translation>Diese Liste leeren. Die Log-Datei behält alles.</translation>
    </message>
    <message>
        <source>Details of the chosen message</source>
        <translation>Einzelheiten der gewählten Meldung</translation>
    </message>
    <message>
        <source>Details of the chosen message, to select and copy.</source>
        <translation>Einzelheiten der gewählten Meldung, zum Markieren und Kopieren.</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Meldungen</translation>
    </message>
    <message>
        <source>Copy messages</source>
        <translation>Meldungen kopieren</translation>
    </message>
    <message>
        <source>Save the messages</source>
        <translation>Meldungen speichern</translation>
    </message>
    <message>
        <source>{path}: the messages were not written ({strerror})</source>
        <translation>{path}: die Meldungen wurden nicht geschrieben ({strerror})</translation>
    </message>
    <message>
        <source>Every pair that you look at in Verify will stand here with its verdict, and a note if you write one. It is kept with the run.

Drop two images on the slots of Verify, while a run trains or one is open.</source>
        <translation>Jedes Paar, das in Prüfen angesehen wird, steht hier mit seinem Urteil und einer Notiz, wenn eine geschrieben ist. Es bleibt mit dem Lauf.

Zwei Bilder auf den Feldern von Prüfen ablegen, während ein Lauf trainiert oder einer offen ist.</translation>
    </message>
    <message>
        <source>Choose a pair in the table first.</source>
        <translation>Erst ein Paar in der Tabelle wählen.</translation>
    </message>
    <message>
        <source>Put the pair into Verify again.</source>
        <translation>Das Paar wieder in Prüfen legen.</translation>
    </message>
    <message>
        <source>Take the chosen pairs off this list. Ctrl+Z takes that back.</source>
        <translation>Die gewählten Paare von dieser Liste nehmen. Strg+Z nimmt das zurück.</translation>
    </message>
    <message>
        <source>Write the list as a CSV file.</source>
        <translation>Die Liste als CSV-Datei schreiben.</translation>
    </message>
    <message>
        <source>Open in Verify</source>
        <translation>In Prüfen öffnen</translation>
    </message>
    <message>
        <source>Export CSV …</source>
        <translation>CSV exportieren …</translation>
    </message>
    <message>
        <source>Export the pairs looked at</source>
        <translation>Angesehene Paare exportieren</translation>
    </message>
    <message>
        <source>pairs looked at</source>
        <translation>angesehene Paare</translation>
    </message>
    <message>
        <source>pair</source>
        <translation>Paar</translation>
    </message>
    <message>
        <source>P(same)</source>
        <translation>P(gleich)</translation>
    </message>
    <message>
        <source>looked at</source>
        <translation>angesehen</translation>
    </message>
    <message>
        <source>note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>The two images. Double click or Enter opens the pair in Verify.</source>
        <translation>Die zwei Bilder. Doppelklick oder Eingabe öffnet das Paar in Prüfen.</translation>
    </message>
    <message>
        <source>Distance and the threshold that was in force when the pair was last looked at.</source>
        <translation>Distanz und geltende Schwelle, als das Paar zuletzt angesehen wurde.</translation>
    </message>
    <message>
        <source>Calibrated probability that the two are the same, if half of all pairs were.</source>
        <translation>Kalibrierte Wahrscheinlichkeit, dass die beiden gleich sind, wenn es die Hälfte aller Paare wäre.</translation>
    </message>
    <message>
        <source>When the pair was last looked at, and which weights looked.</source>
        <translation>Wann das Paar zuletzt angesehen wurde, und mit welchen Gewichten.</translation>
    </message>
    <message>
        <source>Your words. Double click or F2 to write; they are kept with the run.</source>
        <translation>Eigene Worte. Doppelklick oder F2 zum Schreiben; sie bleiben mit dem Lauf.</translation>
    </message>
    <message>
        <source>note on the pair</source>
        <translation>Notiz zum Paar</translation>
    </message>
    <message>
        <source>{a} and {b}</source>
        <translation>{a} und {b}</translation>
    </message>
    <message>
        <source>no threshold
{distance}</source>
        <translation>keine Schwelle
{distance}</translation>
    </message>
    <message>
        <source>{at}
step {step}</source>
        <translation>{at}
Schritt {step}</translation>
    </message>
    <message>
        <source>{name} and {name_2}. Double click or Enter opens the pair in Verify.</source>
        <translation>{name} und {name_2}. Doppelklick oder Eingabe öffnet das Paar in Prüfen.</translation>
    </message>
    <message>
        <source>{HELPS}
Measured by the {measure} distance.</source>
        <translation>{HELPS}
Gemessen mit der Distanz {measure}.</translation>
    </message>
    <message>
        <source>smoothing must be at least 0 and below 1, found {smoothing}</source>
        <translation>die Glättung muss mindestens 0 und kleiner als 1 sein, gefunden: {smoothing}</translation>
    </message>
    <message>
        <source>The losses of every training step will stand here, with a mark at each change of a setting; below them the share of tuples the model still learns from, or another diagnostic. Start a run, or open a finished one.</source>
        <translation>Hier stehen die Verluste jedes Trainingsschritts, mit einer Marke bei jeder Änderung einer Einstellung; darunter der Anteil der Tupel, von denen das Modell noch lernt, oder eine andere Diagnose. Einen Lauf starten, oder einen fertigen öffnen.</translation>
    </message>
    <message>
        <source>This run has no such loss: its data has no labels for it, such as masks for seg.</source>
        <translation>Dieser Lauf hat keinen solchen Verlust: Seine Daten haben nichts dafür, etwa Masken für seg.</translation>
    </message>
    <message>
        <source>not measured in this run</source>
        <translation>in diesem Lauf nicht gemessen</translation>
    </message>
    <message>
        <source>loss curves</source>
        <translation>Verlustkurven</translation>
    </message>
    <message>
        <source>diagnostics of training</source>
        <translation>Diagnose des Trainings</translation>
    </message>
    <message>
        <source>lower plot</source>
        <translation>unteres Diagramm</translation>
    </message>
    <message>
        <source>What the lower plot shows.</source>
        <translation>Was das untere Diagramm zeigt.</translation>
    </message>
    <message>
        <source>weighted</source>
        <translation>gewichtet</translation>
    </message>
    <message>
        <source>Multiply each loss by its weight, as it enters the total.</source>
        <translation>Jeden Verlust mit seinem Gewicht malnehmen, wie er in die Summe eingeht.</translation>
    </message>
    <message>
        <source>log</source>
        <translation>log</translation>
    </message>
    <message>
        <source>Logarithmic loss axis: shows slow progress at small losses.</source>
        <translation>Logarithmische Verlustachse: zeigt langsamen Fortschritt bei kleinen Verlusten.</translation>
    </message>
    <message>
        <source>{seen} {advice} (step {step})</source>
        <translation>{seen} {advice} (Schritt {step})</translation>
    </message>
    <message>
        <source>smoothing</source>
        <translation>Glättung</translation>
    </message>
    <message>
        <source>weighted loss</source>
        <translation>gewichteter Verlust</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>
Distance: {distance}.</source>
        <translation>
Distanz: {distance}.</translation>
    </message>
    <message>
        <source>step {step} · epoch {epoch}</source>
        <translation>Schritt {step} · Epoche {epoch}</translation>
    </message>
    <message>
        <source>skipped: {value}</source>
        <translation>übersprungen: {value}</translation>
    </message>
    <message>
        <source>not finite</source>
        <translation>nicht endlich</translation>
    </message>
    <message>
        <source>{value} (step {steps})</source>
        <translation>{value} (Schritt {steps})</translation>
    </message>
    <message>
        <source>Smoothing: how much of the past each point keeps (exponential moving average). Raise it to see the trend behind noisy batches; at 0 every step is drawn, and exported, as it was.</source>
        <translation>Glättung: wie viel vom Vorigen jeder Punkt behält (exponentieller gleitender Mittelwert). Größer zeigt den Trend hinter verrauschten Stapeln; bei 0 wird jeder Schritt gezeichnet und exportiert, wie er war.</translation>
    </message>
    <message>
        <source>Compare the map with an earlier look at this run, or with another run: side by side or over one another, with the images listed whose neighbourhood changed most. Go back to an earlier look first to compare that one.</source>
        <translation>Die Karte mit einem früheren Blick auf diesen Lauf oder mit einem anderen Lauf vergleichen: nebeneinander oder übereinander, mit einer Liste der Bilder, deren Nachbarschaft sich am meisten geändert hat. Um einen früheren Blick zu vergleichen, erst zu ihm zurückgehen.</translation>
    </message>
    <message>
        <source>neighbours: newest look</source>
        <translation>Nachbarn: neuester Blick</translation>
    </message>
    <message>
        <source>The map of embeddings will stand here.

Drop a folder of images anywhere on the window, or try the built-in digits: press Start, or open a run. Every image becomes a point, and the images of one class draw together while the network learns.</source>
        <translation>Hier steht die Karte der Embeddings.

Einen Ordner mit Bildern irgendwo auf dem Fenster ablegen, oder die eingebauten Ziffern versuchen: Start drücken, oder einen Lauf öffnen. Jedes Bild wird ein Punkt, und die Bilder einer Klasse ziehen sich zusammen, während das Netz lernt.</translation>
    </message>
    <message>
        <source>The map will stand here after the first look at the model, which follows the first epoch.</source>
        <translation>Hier steht die Karte nach dem ersten Blick auf das Modell, der auf die erste Epoche folgt.</translation>
    </message>
    <message>
        <source>End the search; the selection stays as it is.</source>
        <translation>Die Suche beenden; die Auswahl bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>{xy} images</source>
        <translation>{xy} Bilder</translation>
    </message>
    <message>
        <source>arbitrary units</source>
        <translation>willkürliche Einheiten</translation>
    </message>
    <message>
        <source>as of step {step}</source>
        <translation>Stand Schritt {step}</translation>
    </message>
    <message>
        <source>The model is at step {model_step}.</source>
        <translation>Das Modell ist bei Schritt {model_step}.</translation>
    </message>
    <message>
        <source>PCA: the two directions in which the embeddings differ most. There at once, and the same every time; classes that differ in other directions lie upon each other.</source>
        <translation>PCA: die zwei Richtungen, in denen sich die Embeddings am meisten unterscheiden. Sofort da, und jedes Mal gleich; Klassen, die sich in anderen Richtungen unterscheiden, liegen aufeinander.</translation>
    </message>
    <message>
        <source>UMAP: near images stay near, which shows clusters best; distances between clusters and their sizes mean little. Takes seconds.</source>
        <translation>UMAP: Nahe Bilder bleiben nah, was Cluster am besten zeigt; Distanzen zwischen Clustern und ihre Größen bedeuten wenig. Dauert Sekunden.</translation>
    </message>
    <message>
        <source>t-SNE: the nearest images stay near, which is finest within clusters; distances between them mean nothing. The slowest.</source>
        <translation>t-SNE: Die nächsten Bilder bleiben nah, am feinsten innerhalb von Clustern; Distanzen zwischen ihnen bedeuten nichts. Das langsamste.</translation>
    </message>
    <message>
        <source>as of step 9 999</source>
        <translation>Stand Schritt 9 999</translation>
    </message>
    <message>
        <source>Show all points again; a double click on the map does the same.</source>
        <translation>Wieder alle Punkte zeigen; ein Doppelklick auf die Karte tut dasselbe.</translation>
    </message>
    <message>
        <source>There is no map yet: press Start.</source>
        <translation>Noch keine Karte: Start drücken.</translation>
    </message>
    <message>
        <source>Write the names of the classes over their points, as many as have room.</source>
        <translation>Die Namen der Klassen über ihre Punkte schreiben, so viele Platz haben.</translation>
    </message>
    <message>
        <source>Lines around where the points lie densest: the innermost holds half of them, the next 80 %, the outermost 95 %. They show where many lie upon each other.</source>
        <translation>Linien um die Stellen, wo die Punkte am dichtesten liegen: Die innerste hält die Hälfte, die nächste 80 %, die äußerste 95 %. Sie zeigen, wo viele aufeinander liegen.</translation>
    </message>
    <message>
        <source>A line around the densest 80 % of each class, in its colour: of the classes that are selected in the legend, or of all where there are no more than 12.</source>
        <translation>Eine Linie um die dichtesten 80 % jeder Klasse, in ihrer Farbe: der in der Legende gewählten Klassen, oder aller, wenn es höchstens 12 sind.</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>A drag moves the map. The wheel zooms with every tool.</source>
        <translation>Ziehen verschiebt die Karte. Das Rad zoomt mit jedem Werkzeug.</translation>
    </message>
    <message>
        <source>Rectangle</source>
        <translation>Rechteck</translation>
    </message>
    <message>
        <source>A drag selects the points in a rectangle; Shift adds them, Alt takes them away.</source>
        <translation>Ziehen wählt die Punkte in einem Rechteck; Umschalt fügt hinzu, Alt nimmt weg.</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>Lasso</translation>
    </message>
    <message>
        <source>A drag selects the points in a freehand line; Shift adds them, Alt takes them away.</source>
        <translation>Ziehen wählt die Punkte in einer freien Linie; Umschalt fügt hinzu, Alt nimmt weg.</translation>
    </message>
    <message>
        <source>Projection method</source>
        <translation>Projektionsverfahren</translation>
    </message>
    <message>
        <source>How the embeddings are laid out in two dimensions.

</source>
        <translation>Wie die Embeddings in zwei Dimensionen ausgelegt werden.

</translation>
    </message>
    <message>
        <source>Fit the map</source>
        <translation>Karte einpassen</translation>
    </message>
    <message>
        <source>Find images that are worth a second look; they are selected, and listed below the map.</source>
        <translation>Bilder suchen, die einen zweiten Blick wert sind; sie werden ausgewählt und unter der Karte aufgeführt.</translation>
    </message>
    <message>
        <source>Find images</source>
        <translation>Bilder suchen</translation>
    </message>
    <message>
        <source>Shown on the map</source>
        <translation>Auf der Karte gezeigt</translation>
    </message>
    <message>
        <source>What is shown on the map besides the points.</source>
        <translation>Was auf der Karte außer den Punkten gezeigt wird.</translation>
    </message>
    <message>
        <source>{name} tool</source>
        <translation>Werkzeug {name}</translation>
    </message>
    <message>
        <source>What the colours stand for; each entry of the list says more when pointed at.</source>
        <translation>Wofür die Farben stehen; der Mauszeiger auf einem Eintrag der Liste sagt mehr.</translation>
    </message>
    <message>
        <source>A column of the data set&apos;s table: a scale for numbers, a colour each for words.</source>
        <translation>Eine Spalte der Datentabelle: eine Skala für Zahlen, je eine Farbe für Wörter.</translation>
    </message>
    <message>
        <source>Colour by</source>
        <translation>Färben nach</translation>
    </message>
    <message>
        <source>One colour and shape a class.</source>
        <translation>Eine Farbe und Form je Klasse.</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>predicted class</source>
        <translation>vorhergesagte Klasse</translation>
    </message>
    <message>
        <source>The class that the model takes each image for; in an open set, the training class it is most like.</source>
        <translation>Die Klasse, für die das Modell jedes Bild hält; in einer offenen Menge die ähnlichste Trainingsklasse.</translation>
    </message>
    <message>
        <source>right or wrong</source>
        <translation>richtig oder falsch</translation>
    </message>
    <message>
        <source>Whether the model takes each image for its own class; classes that it is not trained on are unknown to it.</source>
        <translation>Ob das Modell jedes Bild für seine eigene Klasse hält; Klassen, mit denen es nicht trainiert ist, sind ihm unbekannt.</translation>
    </message>
    <message>
        <source>part of the data</source>
        <translation>Teil der Daten</translation>
    </message>
    <message>
        <source>Held-out images, on which the model is judged, and images it is trained on.</source>
        <translation>Zurückgehaltene Bilder, an denen das Modell beurteilt wird, und Bilder, mit denen es trainiert wird.</translation>
    </message>
    <message>
        <source>classification loss</source>
        <translation>Klassifikationsverlust</translation>
    </message>
    <message>
        <source>Cross entropy of each image&apos;s own class: high where the model is sure of another one. Not known of classes that it is not trained on.</source>
        <translation>Kreuzentropie der eigenen Klasse jedes Bildes: hoch, wo das Modell sich einer anderen sicher ist. Unbekannt für Klassen, mit denen es nicht trainiert ist.</translation>
    </message>
    <message>
        <source>metric loss</source>
        <translation>Metrikverlust</translation>
    </message>
    <message>
        <source>Mean triplet loss of all triplets with the image as anchor, among the images of the map and without mining; by the distance that the run is trained with, and by the margin it was started with, or 0.2 where its loss is no triplet loss. High where other classes are as near as the own one.</source>
        <translation>Mittlerer Triplet-Verlust aller Triplets mit dem Bild als Anker, unter den Bildern der Karte und ohne Mining; mit der Distanz, mit der der Lauf trainiert, und dem Abstand, mit dem er begann, oder 0,2, wo sein Verlust kein Triplet-Verlust ist. Hoch, wo andere Klassen so nah sind wie die eigene.</translation>
    </message>
    <message>
        <source>distance to own class</source>
        <translation>Distanz zur eigenen Klasse</translation>
    </message>
    <message>
        <source>How far each image lies from the mean of the other images of its class, by the distance in force. Far ones are hard to recognise, or their label is wrong.</source>
        <translation>Wie weit jedes Bild vom Mittel der anderen Bilder seiner Klasse liegt, mit der geltenden Distanz. Ferne sind schwer zu erkennen, oder ihre Klasse ist falsch.</translation>
    </message>
    <message>
        <source>neighbours of other classes</source>
        <translation>Nachbarn anderer Klassen</translation>
    </message>
    <message>
        <source>Share of each image&apos;s 10 nearest images in the space of embeddings, not on the map, that are of another class. High where classes mix, or where a label is wrong.</source>
        <translation>Anteil der 10 nächsten Bilder jedes Bildes, im Raum der Embeddings, nicht auf der Karte, die aus einer anderen Klasse sind. Hoch, wo Klassen sich mischen oder eine Klasse falsch ist.</translation>
    </message>
    <message>
        <source>k-means cluster</source>
        <translation>k-Means-Cluster</translation>
    </message>
    <message>
        <source>As many clusters of the embeddings as there are classes, found without the labels. Each has the colour of the class it agrees with best; beside it stands which class most of its images are of, and how many if not all.</source>
        <translation>So viele Cluster der Embeddings, wie es Klassen gibt, ohne die Klassen gefunden. Jeder hat die Farbe der Klasse, mit der er am besten übereinstimmt; daneben steht, welcher Klasse die meisten seiner Bilder sind, und wie viele, wenn nicht alle.</translation>
    </message>
    <message>
        <source>HDBSCAN cluster</source>
        <translation>HDBSCAN-Cluster</translation>
    </message>
    <message>
        <source>Clusters where the embeddings lie dense, as many as there are, found without the labels; grey crosses lie in none. Each has the colour of the class it agrees with best; clusters without a class have others.</source>
        <translation>Cluster, wo die Embeddings dicht liegen, so viele es gibt, ohne die Klassen gefunden; graue Kreuze liegen in keinem. Jeder hat die Farbe der Klasse, mit der er am besten übereinstimmt; Cluster ohne Klasse haben andere.</translation>
    </message>
    <message>
        <source>right</source>
        <translation>richtig</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>falsch</translation>
    </message>
    <message>
        <source>unknown class</source>
        <translation>unbekannte Klasse</translation>
    </message>
    <message>
        <source>The model names no classes, so none is predicted.</source>
        <translation>Das Modell nennt keine Klassen, also wird keine vorhergesagt.</translation>
    </message>
    <message>
        <source>This look has no predictions; looks made from now on have them.</source>
        <translation>Dieser Blick hat keine Vorhersagen; künftige haben sie.</translation>
    </message>
    <message>
        <source>{label}: is being measured …</source>
        <translation>{label}: wird gemessen …</translation>
    </message>
    <message>
        <source>{label} at step {step}</source>
        <translation>{label} bei Schritt {step}</translation>
    </message>
    <message>
        <source>no value</source>
        <translation>kein Wert</translation>
    </message>
    <message>
        <source>{widths} kinds</source>
        <translation>{widths} Arten</translation>
    </message>
    <message>
        <source>from {scale} to {scale_2}</source>
        <translation>von {scale} bis {scale_2}</translation>
    </message>
    <message>
        <source>Two looks at the same images will stand here, with those listed whose neighbourhood changed most. Choose an earlier step of this run above, or another run.</source>
        <translation>Hier stehen zwei Blicke auf dieselben Bilder, mit denen, deren Nachbarschaft sich am meisten geändert hat. Oben einen früheren Schritt dieses Laufs wählen, oder einen anderen Lauf.</translation>
    </message>
    <message>
        <source>No image has another neighbourhood.</source>
        <translation>Kein Bild hat eine andere Nachbarschaft.</translation>
    </message>
    <message>
        <source>Which run the other look is of: this one, another that was used of late, or one in a folder of yours.</source>
        <translation>Von welchem Lauf der andere Blick ist: von diesem, einem zuletzt benutzten oder einem in einem eigenen Ordner.</translation>
    </message>
    <message>
        <source>The step of the other look: those that are kept with its run.</source>
        <translation>Der Schritt des anderen Blicks: die mit seinem Lauf aufbewahrten.</translation>
    </message>
    <message>
        <source>No other look is kept with this run; choose another run.</source>
        <translation>Mit diesem Lauf ist kein anderer Blick aufbewahrt; einen anderen Lauf wählen.</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>Nebeneinander</translation>
    </message>
    <message>
        <source>Both maps beside one another; they move, zoom and select together.</source>
        <translation>Beide Karten nebeneinander; sie bewegen sich, zoomen und wählen gemeinsam.</translation>
    </message>
    <message>
        <source>Overlaid</source>
        <translation>Überlagert</translation>
    </message>
    <message>
        <source>One map over the other: faint where the images were, with lines to where they are; of the selected images, or of the most changed.</source>
        <translation>Eine Karte über der anderen: blass, wo die Bilder waren, mit Linien dorthin, wo sie sind; der ausgewählten Bilder oder der am meisten geänderten.</translation>
    </message>
    <message>
        <source>Compared with</source>
        <translation>Verglichen mit</translation>
    </message>
    <message>
        <source>at step</source>
        <translation>bei Schritt</translation>
    </message>
    <message>
        <source>Run to compare with</source>
        <translation>Lauf zum Vergleich</translation>
    </message>
    <message>
        <source>Step to compare with</source>
        <translation>Schritt zum Vergleich</translation>
    </message>
    <message>
        <source>map of the other look</source>
        <translation>Karte des anderen Blicks</translation>
    </message>
    <message>
        <source>map of the look that is shown</source>
        <translation>Karte des gezeigten Blicks</translation>
    </message>
    <message>
        <source>{name} · faint: {over}</source>
        <translation>{name} · blass: {over}</translation>
    </message>
    <message>
        <source>{mean_overlap} of the {k} nearest stay · nearest of the right class {before} → {after} (−{share}, +{share_2})</source>
        <translation>{mean_overlap} der {k} nächsten bleiben · nächstes aus der richtigen Klasse {before} → {after} (−{share}, +{share_2})</translation>
    </message>
    <message>
        <source>On average {mean_overlap} of an image&apos;s {k} nearest images are the same in both looks, in the space of embeddings, not on the map.

The nearest is of its own class for {before} ({other_name}) and {after} ({shown_name}): for {share} only in the former, for {share_2} only in the latter.</source>
        <translation>Im Mittel sind {mean_overlap} der {k} nächsten Bilder eines Bildes in beiden Blicken dieselben, im Raum der Embeddings, nicht auf der Karte.

Das nächste ist aus der eigenen Klasse bei {before} ({other_name}) und {after} ({shown_name}): bei {share} nur im ersten, bei {share_2} nur im zweiten.</translation>
    </message>
    <message>
        <source>The image; a click selects it on both maps and in the window.</source>
        <translation>Das Bild; ein Klick wählt es auf beiden Karten und im Fenster aus.</translation>
    </message>
    <message>
        <source>Its class.</source>
        <translation>Seine Klasse.</translation>
    </message>
    <message>
        <source>Share of its nearest images in one look that are not among its nearest in the other.</source>
        <translation>Anteil seiner nächsten Bilder in einem Blick, die im anderen nicht unter den nächsten sind.</translation>
    </message>
    <message>
        <source>Its nearest images {where}, nearest first, and how many of them are of another class (≠, dashed frames). Pale ones are among its nearest in both looks.</source>
        <translation>Seine nächsten Bilder {where}, das nächste zuerst, und wie viele davon aus einer anderen Klasse sind (≠, gestrichelte Rahmen). Blasse sind in beiden Blicken unter den nächsten.</translation>
    </message>
    <message>
        <source>Images whose neighbourhood changed most</source>
        <translation>Bilder, deren Nachbarschaft sich am meisten geändert hat</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>nearest, {where}</source>
        <translation>nächste, {where}</translation>
    </message>
    <message>
        <source>{name}
class {class_name}
{changed} of its neighbours are others</source>
        <translation>{name}
Klasse {class_name}
{changed} seiner Nachbarn sind andere</translation>
    </message>
    <message>
        <source>Nearest to {name}, {look}:</source>
        <translation>Am nächsten zu {name}, {look}:</translation>
    </message>
    <message>
        <source>, another class</source>
        <translation>, eine andere Klasse</translation>
    </message>
    <message>
        <source>, in both looks</source>
        <translation>, in beiden Blicken</translation>
    </message>
    <message>
        <source>The lines follow equal density of the points. What lies within one are the densest places that hold this share of all points, or of a class.</source>
        <translation>Die Linien folgen gleicher Dichte der Punkte. Was innerhalb liegt, sind die dichtesten Stellen, die diesen Anteil aller Punkte oder einer Klasse halten.</translation>
    </message>
    <message>
        <source>of all</source>
        <translation>aller</translation>
    </message>
    <message>
        <source>line around {share:.0%}, {name}</source>
        <translation>Linie um {share:.0%}, {name}</translation>
    </message>
    <message>
        <source>of a class</source>
        <translation>einer Klasse</translation>
    </message>
    <message>
        <source>select a class</source>
        <translation>eine Klasse wählen</translation>
    </message>
    <message>
        <source>A column of the data set&apos;s table; grey where it says nothing.</source>
        <translation>Eine Spalte der Datentabelle; grau, wo sie nichts sagt.</translation>
    </message>
    <message>
        <source>in no cluster</source>
        <translation>in keinem Cluster</translation>
    </message>
    <message>
        <source>{rest} others</source>
        <translation>{rest} andere</translation>
    </message>
    <message>
        <source>class {index}
{caption}
{index_2}</source>
        <translation>Klasse {index}
{caption}
{index_2}</translation>
    </message>
    <message>
        <source>A click selects its images, Ctrl and a click adds them.</source>
        <translation>Ein Klick wählt ihre Bilder, Strg und Klick fügt sie hinzu.</translation>
    </message>
    <message>
        <source>A click selects its images, Ctrl and a click adds them; point at it to see where they are.</source>
        <translation>Ein Klick wählt ihre Bilder, Strg und Klick fügt sie hinzu; der Mauszeiger zeigt, wo sie liegen.</translation>
    </message>
    <message>
        <source>The projection is being computed</source>
        <translation>Die Projektion wird gerechnet</translation>
    </message>
    <message>
        <source>Stop computing this projection; the map stays as it is.</source>
        <translation>Diese Projektion nicht weiter rechnen; die Karte bleibt, wie sie ist.</translation>
    </message>
    <message>
        <source>{seconds_left} left</source>
        <translation>noch {seconds_left}</translation>
    </message>
    <message>
        <source>Filled: held-out images, on which the model is judged.
Hollow and smaller: images it is trained on.</source>
        <translation>Gefüllt: zurückgehaltene Bilder, an denen das Modell beurteilt wird.
Hohl und kleiner: Bilder, mit denen es trainiert wird.</translation>
    </message>
    <message>
        <source>{held_out} held-out images, filled; {training} training images, hollow</source>
        <translation>{held_out} zurückgehaltene Bilder, gefüllt; {training} Trainingsbilder, hohl</translation>
    </message>
    <message>
        <source>image {position}</source>
        <translation>Bild {position}</translation>
    </message>
    <message>
        <source>map of embeddings</source>
        <translation>Karte der Embeddings</translation>
    </message>
    <message>
        <source>Probable label errors</source>
        <translation>Wahrscheinlich falsche Klassen</translation>
    </message>
    <message>
        <source>Images of whose 10 nearest at least 9 are of other classes, by the distance in force.</source>
        <translation>Bilder, von deren 10 nächsten mindestens 9 aus anderen Klassen sind, mit der geltenden Distanz.</translation>
    </message>
    <message>
        <source>{} of its 10 nearest images are of other classes</source>
        <translation>{} seiner 10 nächsten Bilder sind aus anderen Klassen</translation>
    </message>
    <message>
        <source>No image has nine of its ten nearest in other classes</source>
        <translation>Von keinem Bild sind neun der zehn nächsten aus anderen Klassen</translation>
    </message>
    <message>
        <source>Near-duplicates</source>
        <translation>Fast gleiche</translation>
    </message>
    <message>
        <source>Images that lie more than 20 times as near to another one as images usually do, as the same picture would.</source>
        <translation>Bilder, die 20-mal so nah an einem anderen liegen wie Bilder sonst, wie dasselbe Bild es täte.</translation>
    </message>
    <message>
        <source>distance {} to the nearest image</source>
        <translation>Distanz {} zum nächsten Bild</translation>
    </message>
    <message>
        <source>No two images lie so near to one another that they look like the same picture</source>
        <translation>Keine zwei Bilder liegen so nah beieinander, dass sie wie dasselbe Bild aussehen</translation>
    </message>
    <message>
        <source>No selection is kept with this run yet.</source>
        <translation>Mit diesem Lauf ist noch keine Auswahl aufbewahrt.</translation>
    </message>
    <message>
        <source>There is no run: start one or open one first.</source>
        <translation>Kein Lauf da: erst einen starten oder öffnen.</translation>
    </message>
    <message>
        <source>No image is selected.</source>
        <translation>Kein Bild ist ausgewählt.</translation>
    </message>
    <message>
        <source>Write a name first.</source>
        <translation>Erst einen Namen schreiben.</translation>
    </message>
    <message>
        <source>Choose a kept selection first.</source>
        <translation>Erst eine aufbewahrte Auswahl wählen.</translation>
    </message>
    <message>
        <source>Take all images out of the selection; Escape on the map does the same.</source>
        <translation>Alle Bilder aus der Auswahl nehmen; Esc auf der Karte tut dasselbe.</translation>
    </message>
    <message>
        <source>Select every point of the map that is not selected now.</source>
        <translation>Jeden Punkt der Karte auswählen, der jetzt nicht gewählt ist.</translation>
    </message>
    <message>
        <source>Select every point of the selected images&apos; classes.</source>
        <translation>Jeden Punkt der Klassen der ausgewählten Bilder auswählen.</translation>
    </message>
    <message>
        <source>Keep the selected images with this run under this name.</source>
        <translation>Die ausgewählten Bilder unter diesem Namen mit dem Lauf aufbewahren.</translation>
    </message>
    <message>
        <source>Give the chosen selection another name; F2 does the same.</source>
        <translation>Der gewählten Auswahl einen anderen Namen geben; F2 tut dasselbe.</translation>
    </message>
    <message>
        <source>Forget the chosen selection; Ctrl+Z brings it back.</source>
        <translation>Die gewählte Auswahl vergessen; Strg+Z bringt sie zurück.</translation>
    </message>
    <message>
        <source>An export is under way; wait for it or cancel it.</source>
        <translation>Ein Export läuft; warten oder abbrechen.</translation>
    </message>
    <message>
        <source>Table of {} (CSV) …</source>
        <translation>Tabelle: {} (CSV) …</translation>
    </message>
    <message>
        <source>Image, class, predicted class, part, place on the map and step, a row an image.</source>
        <translation>Bild, Klasse, vorhergesagte Klasse, Teil, Ort auf der Karte und Schritt, eine Zeile je Bild.</translation>
    </message>
    <message>
        <source>Copy {} into a folder …</source>
        <translation>{} in einen Ordner kopieren …</translation>
    </message>
    <message>
        <source>The original files, in a folder for each class; no file is overwritten.</source>
        <translation>Die Originaldateien, in einem Ordner je Klasse; keine Datei wird überschrieben.</translation>
    </message>
    <message>
        <source>Map for the Embedding Projector …</source>
        <translation>Karte für den Embedding Projector …</translation>
    </message>
    <message>
        <source>Every point of the map with its embedding and picture, in a folder that tensorboard --logdir opens.</source>
        <translation>Jeder Punkt der Karte mit Embedding und Bild, in einem Ordner, den tensorboard --logdir öffnet.</translation>
    </message>
    <message>
        <source>Selections</source>
        <translation>Auswahlen</translation>
    </message>
    <message>
        <source>Selections: keep, choose, export.</source>
        <translation>Auswahlen: aufbewahren, wählen, exportieren.</translation>
    </message>
    <message>
        <source>selected </source>
        <translation>ausgewählte </translation>
    </message>
    <message>
        <source>all {points}</source>
        <translation>alle {points}</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>Umkehren</translation>
    </message>
    <message>
        <source>Whole classes</source>
        <translation>Ganze Klassen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>{selected} selected</source>
        <translation>{selected} ausgewählt</translation>
    </message>
    <message>
        <source>Name of the selection</source>
        <translation>Name der Auswahl</translation>
    </message>
    <message>
        <source>Save selection as …</source>
        <translation>Auswahl speichern als …</translation>
    </message>
    <message>
        <source>A name of at most {LONGEST_NAME} characters; Return saves.</source>
        <translation>Ein Name mit höchstens {LONGEST_NAME} Zeichen; die Eingabetaste speichert.</translation>
    </message>
    <message>
        <source>FPR {target}</source>
        <translation>FPR {target}</translation>
    </message>
    <message>
        <source>target FPR takes a rate above 0 % and below 100 %, or EER, found {plain!r}</source>
        <translation>die Ziel-FPR nimmt eine Rate über 0 % und unter 100 %, oder EER, gefunden: {plain!r}</translation>
    </message>
    <message>
        <source>Needs at least {needed} impostor pairs for {target}, there are {found}.</source>
        <translation>Braucht mindestens {needed} fremde Paare für {target}, es gibt {found}.</translation>
    </message>
    <message>
        <source>Threshold held.</source>
        <translation>Schwelle eingehalten.</translation>
    </message>
    <message>
        <source>EER held.</source>
        <translation>EER eingehalten.</translation>
    </message>
    <message>
        <source>The pairs near FPR {target} are being measured …</source>
        <translation>Die Paare nahe FPR {target} werden gemessen …</translation>
    </message>
    <message>
        <source>FPR {target} held, met exactly.</source>
        <translation>FPR {target} eingehalten, genau getroffen.</translation>
    </message>
    <message>
        <source>FPR {target} held, nearest attainable {value:.4g} %.</source>
        <translation>FPR {target} eingehalten, nächste erreichbare {value:.4g} %.</translation>
    </message>
    <message>
        <source>1 impostor pair</source>
        <translation>1 fremdes Paar</translation>
    </message>
    <message>
        <source>{value} impostor pairs</source>
        <translation>{value} fremde Paare</translation>
    </message>
    <message>
        <source>no impostor pairs</source>
        <translation>keine fremden Paare</translation>
    </message>
    <message>
        <source>FPR rests on {pairs} accepted; about {RELIABLE_ERRORS} make it reliable.</source>
        <translation>FPR: {pairs} angenommen; etwa {RELIABLE_ERRORS} machen sie verlässlich.</translation>
    </message>
    <message>
        <source>true positives</source>
        <translation>richtig Angenommene</translation>
    </message>
    <message>
        <source>TP</source>
        <translation>RP</translation>
    </message>
    <message>
        <source>Genuine pairs accepted.</source>
        <translation>Echte Paare angenommen.</translation>
    </message>
    <message>
        <source>false negatives</source>
        <translation>falsch Abgelehnte</translation>
    </message>
    <message>
        <source>FN</source>
        <translation>FN</translation>
    </message>
    <message>
        <source>Genuine pairs rejected.</source>
        <translation>Echte Paare abgelehnt.</translation>
    </message>
    <message>
        <source>of</source>
        <translation>von</translation>
    </message>
    <message>
        <source>All genuine pairs: two images of one identity.</source>
        <translation>Alle echten Paare: zwei Bilder einer Identität.</translation>
    </message>
    <message>
        <source>false positives</source>
        <translation>falsch Angenommene</translation>
    </message>
    <message>
        <source>FP</source>
        <translation>FP</translation>
    </message>
    <message>
        <source>Impostor pairs accepted.</source>
        <translation>Fremde Paare angenommen.</translation>
    </message>
    <message>
        <source>true negatives</source>
        <translation>richtig Abgelehnte</translation>
    </message>
    <message>
        <source>TN</source>
        <translation>RN</translation>
    </message>
    <message>
        <source>Impostor pairs rejected.</source>
        <translation>Fremde Paare abgelehnt.</translation>
    </message>
    <message>
        <source>All impostor pairs: images of two identities.</source>
        <translation>Alle fremden Paare: Bilder zweier Identitäten.</translation>
    </message>
    <message>
        <source>TPR from</source>
        <translation>TPR von</translation>
    </message>
    <message>
        <source>TPR to</source>
        <translation>TPR bis</translation>
    </message>
    <message>
        <source>FPR from</source>
        <translation>FPR von</translation>
    </message>
    <message>
        <source>FPR to</source>
        <translation>FPR bis</translation>
    </message>
    <message>
        <source>{figures}
click the curve to see its pairs</source>
        <translation>{figures}
Klick auf die Kurve zeigt ihre Paare</translation>
    </message>
    <message>
        <source>The pairs behind the curve will stand here: false accepts and false rejects nearest the threshold. Start a run and wait for its first epoch, or open a finished run; then click the ROC curve or a bar of the histograms to see the pairs there.</source>
        <translation>Hier stehen die Paare hinter der Kurve: falsch angenommene und falsch abgelehnte, am nächsten an der Schwelle. Einen Lauf starten und die erste Epoche abwarten, oder einen fertigen Lauf öffnen; dann die ROC-Kurve oder einen Balken der Histogramme anklicken, um die Paare dort zu sehen.</translation>
    </message>
    <message>
        <source>searching</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Choose a pair first.</source>
        <translation>Erst ein Paar wählen.</translation>
    </message>
    <message>
        <source>Put both images into Verify; Enter on a pair does the same.</source>
        <translation>Beide Bilder in Prüfen legen; Eingabe auf einem Paar tut dasselbe.</translation>
    </message>
    <message>
        <source>Select both images on the map.</source>
        <translation>Beide Bilder auf der Karte auswählen.</translation>
    </message>
    <message>
        <source>Leave one of the images out of every evaluation, because its label is wrong.</source>
        <translation>Eines der Bilder aus jeder Auswertung lassen, da seine Klasse falsch ist.</translation>
    </message>
    <message>
        <source>Show which images no evaluation counts, and take them back.</source>
        <translation>Zeigen, welche Bilder keine Auswertung zählt, und sie zurücknehmen.</translation>
    </message>
    <message>
        <source>Compare in Verify</source>
        <translation>In Prüfen vergleichen</translation>
    </message>
    <message>
        <source>Show on the map</source>
        <translation>Auf der Karte zeigen</translation>
    </message>
    <message>
        <source>Nothing is excluded yet.

{SHOW_HELP}</source>
        <translation>Noch ist nichts ausgeschlossen.

{SHOW_HELP}</translation>
    </message>
    <message>
        <source>Exclude {side} image: wrong label</source>
        <translation>Bild {side} ausschließen: falsche Klasse</translation>
    </message>
    <message>
        <source>Leave {name} out of every evaluation; Ctrl+Z takes it back.</source>
        <translation>{name} aus jeder Auswertung lassen; Strg+Z nimmt das zurück.</translation>
    </message>
    <message>
        <source>excluded</source>
        <translation>ausgeschlossen</translation>
    </message>
    <message>
        <source>not
readable</source>
        <translation>nicht
lesbar</translation>
    </message>
    <message>
        <source>Images that no evaluation counts; the data itself is not touched.</source>
        <translation>Bilder, die keine Auswertung zählt; die Daten selbst bleiben unberührt.</translation>
    </message>
    <message>
        <source>Count the selected images again, or all of them where none is selected.</source>
        <translation>Die ausgewählten Bilder wieder zählen, oder alle, wo keines gewählt ist.</translation>
    </message>
    <message>
        <source>no image excluded</source>
        <translation>kein Bild ausgeschlossen</translation>
    </message>
    <message>
        <source>1 image excluded</source>
        <translation>1 Bild ausgeschlossen</translation>
    </message>
    <message>
        <source>{count} images excluded</source>
        <translation>{count} Bilder ausgeschlossen</translation>
    </message>
    <message>
        <source>Pairs of images</source>
        <translation>Bildpaare</translation>
    </message>
    <message>
        <source>{short_name} and {short_name_2}</source>
        <translation>{short_name} und {short_name_2}</translation>
    </message>
    <message>
        <source>Click a bar of the histograms or the ROC curve in the ROC panel first.</source>
        <translation>Erst einen Balken der Histogramme oder die ROC-Kurve im ROC-Panel anklicken.</translation>
    </message>
    <message>
        <source>Impostor pairs at or below the threshold: two identities taken for one.</source>
        <translation>Fremde Paare bis zur Schwelle: zwei Identitäten für eine gehalten.</translation>
    </message>
    <message>
        <source>Genuine pairs above the threshold: one identity taken for two.</source>
        <translation>Echte Paare über der Schwelle: eine Identität für zwei gehalten.</translation>
    </message>
    <message>
        <source>Clicked</source>
        <translation>Angeklickt</translation>
    </message>
    <message>
        <source>The pairs that were clicked in the ROC panel.</source>
        <translation>Die Paare, die im ROC-Panel angeklickt wurden.</translation>
    </message>
    <message>
        <source>By identity</source>
        <translation>Identitäten</translation>
    </message>
    <message>
        <source>Who is mistaken for whom: the errors by pair of identities.</source>
        <translation>Wer mit wem verwechselt wird: die Fehler nach Paaren von Identitäten.</translation>
    </message>
    <message>
        <source>nearest the threshold</source>
        <translation>nahe der Schwelle</translation>
    </message>
    <message>
        <source>pairs that a slightly different threshold would judge rightly.</source>
        <translation>Paare, die eine wenig andere Schwelle richtig beurteilte.</translation>
    </message>
    <message>
        <source>worst first</source>
        <translation>schlechteste zuerst</translation>
    </message>
    <message>
        <source>pairs far on the wrong side; wrong labels are often among them.</source>
        <translation>Paare weit auf der falschen Seite; oft sind falsche Klassen darunter.</translation>
    </message>
    <message>
        <source>What is listed</source>
        <translation>Was aufgeführt ist</translation>
    </message>
    <message>
        <source>Order of the pairs</source>
        <translation>Reihenfolge der Paare</translation>
    </message>
    <message>
        <source>Those nearest the click come first.</source>
        <translation>Die dem Klick nächsten kommen zuerst.</translation>
    </message>
    <message>
        <source>Which errors come first.
{helps}</source>
        <translation>Welche Fehler zuerst kommen.
{helps}</translation>
    </message>
    <message>
        <source>What the threshold takes for the same, or not.
3 = 8: impostor pairs of these two that it accepts, 3 taken for 8 or 8 for 3.
3 ≠ 3: genuine pairs of this one that it rejects, 3 not recognised.</source>
        <translation>Was die Schwelle für gleich hält, oder nicht.
3 = 8: fremde Paare dieser beiden, die sie annimmt, 3 für 8 gehalten oder 8 für 3.
3 ≠ 3: echte Paare von dieser, die sie ablehnt, 3 nicht erkannt.</translation>
    </message>
    <message>
        <source>Pairs that the threshold is wrong about.</source>
        <translation>Paare, bei denen die Schwelle irrt.</translation>
    </message>
    <message>
        <source>pairs</source>
        <translation>Paare</translation>
    </message>
    <message>
        <source>All pairs of these identities.</source>
        <translation>Alle Paare dieser Identitäten.</translation>
    </message>
    <message>
        <source>rate</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>Share of these pairs that the threshold is wrong about.</source>
        <translation>Anteil dieser Paare, bei denen die Schwelle irrt.</translation>
    </message>
    <message>
        <source>Search by identity</source>
        <translation>Suche nach Identität</translation>
    </message>
    <message>
        <source>Search identities</source>
        <translation>Identitäten suchen</translation>
    </message>
    <message>
        <source>Shows only rows of identities whose name is this or, where none is, contains it.</source>
        <translation>Zeigt nur Zeilen von Identitäten mit diesem Namen oder, wo es keine gibt, die ihn enthalten.</translation>
    </message>
    <message>
        <source>identities mistaken for one another</source>
        <translation>verwechselte Identitäten</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>angenommen</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>false accept</source>
        <translation>falsch echt</translation>
    </message>
    <message>
        <source>false reject</source>
        <translation>falsch fremd</translation>
    </message>
    <message>
        <source>one identity</source>
        <translation>eine Identität</translation>
    </message>
    <message>
        <source>two identities</source>
        <translation>zwei Identitäten</translation>
    </message>
    <message>
        <source>{verdict}: distance {distance}, {kind}</source>
        <translation>{verdict}: Distanz {distance}, {kind}</translation>
    </message>
    <message>
        <source>{pairs} of </source>
        <translation>{pairs} der </translation>
    </message>
    <message>
        <source>{first_name} not recognised</source>
        <translation>{first_name} nicht erkannt</translation>
    </message>
    <message>
        <source>{first_name} taken for {second_name}</source>
        <translation>{first_name} für {second_name} gehalten</translation>
    </message>
    <message>
        <source>precision-recall curve</source>
        <translation>Precision-Recall-Kurve</translation>
    </message>
    <message>
        <source>recall (TPR)</source>
        <translation>Recall (TPR)</translation>
    </message>
    <message>
        <source>UMAP neighbours</source>
        <translation>UMAP-Nachbarn</translation>
    </message>
    <message>
        <source>How many nearest images make an image&apos;s neighbourhood. Raise it to see the whole, lower it to see detail.</source>
        <translation>Wie viele nächste Bilder die Nachbarschaft eines Bildes ausmachen. Größer zeigt das Ganze, kleiner Einzelheiten.</translation>
    </message>
    <message>
        <source>UMAP min-dist</source>
        <translation>UMAP min-dist</translation>
    </message>
    <message>
        <source>How close points may lie on the map. Lower it to pack clusters tight, raise it to see inside them.</source>
        <translation>Wie nah Punkte auf der Karte liegen dürfen. Kleiner packt Cluster eng, größer lässt in sie hineinsehen.</translation>
    </message>
    <message>
        <source>t-SNE perplexity</source>
        <translation>t-SNE-Perplexität</translation>
    </message>
    <message>
        <source>About how many neighbours each image pays attention to; 5 to 50 are usual.</source>
        <translation>Auf etwa wie viele Nachbarn jedes Bild achtet; üblich sind 5 bis 50.</translation>
    </message>
    <message>
        <source>Settings of the projection</source>
        <translation>Einstellungen der Projektion</translation>
    </message>
    <message>
        <source>Settings of UMAP and t-SNE.</source>
        <translation>Einstellungen von UMAP und t-SNE.</translation>
    </message>
    <message>
        <source>15 neighbours, min-dist 0.10, perplexity 30.</source>
        <translation>15 Nachbarn, min-dist 0,10, Perplexität 30.</translation>
    </message>
    <message>
        <source>LFW pairs.txt</source>
        <translation>LFW pairs.txt</translation>
    </message>
    <message>
        <source>pairs of faces in folds. Accuracy over the folds, each at the threshold that is best for the others.</source>
        <translation>Paare von Gesichtern in Teilen. Genauigkeit über die Teile, jeder bei der Schwelle, die für die anderen am besten ist.</translation>
    </message>
    <message>
        <source>Own pair list (CSV)</source>
        <translation>Eigene Paarliste (CSV)</translation>
    </message>
    <message>
        <source>a CSV file of the columns image_a, image_b, same and, for folds, fold; paths relative to the file.</source>
        <translation>eine CSV-Datei mit den Spalten image_a, image_b, same und für Teile fold; Pfade relativ zur Datei.</translation>
    </message>
    <message>
        <source>One-shot runs (Omniglot)</source>
        <translation>One-Shot-Läufe (Omniglot)</translation>
    </message>
    <message>
        <source>a folder of run01, run02 and so on: each test image is of the class of the nearest training image.</source>
        <translation>ein Ordner mit run01, run02 und so fort: Jedes Testbild gehört zur Klasse des nächsten Trainingsbildes.</translation>
    </message>
    <message>
        <source>N-way K-shot episodes</source>
        <translation>Episoden mit N Klassen und K Beispielen</translation>
    </message>
    <message>
        <source>random tasks on the run&apos;s held-out classes: name images after K examples of each of N classes.</source>
        <translation>zufällige Aufgaben auf den zurückgehaltenen Klassen des Laufs: Bilder nach K Beispielen aus jeder von N Klassen benennen.</translation>
    </message>
    <message>
        <source>A protocol that others can repeat, run with the newest checkpoint by the window&apos;s distance.</source>
        <translation>Ein Protokoll, das andere wiederholen können, mit dem neuesten Checkpoint und der Distanz des Fensters.</translation>
    </message>
    <message>
        <source>N, classes of an episode</source>
        <translation>N, Klassen einer Episode</translation>
    </message>
    <message>
        <source>K, examples of each class</source>
        <translation>K, Beispiele je Klasse</translation>
    </message>
    <message>
        <source>images of each class to name</source>
        <translation>Bilder jeder Klasse im Namen</translation>
    </message>
    <message>
        <source>episodes</source>
        <translation>Episoden</translation>
    </message>
    <message>
        <source>protocol</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>pairs.txt</source>
        <translation>pairs.txt</translation>
    </message>
    <message>
        <source>The list of pairs, as LFW&apos;s pairs.txt.</source>
        <translation>Die Liste der Paare, wie pairs.txt von LFW.</translation>
    </message>
    <message>
        <source>Pairs (*.txt);;All files (*)</source>
        <translation>Paare (*.txt);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>The folder with one folder of images for each person.</source>
        <translation>Der Ordner mit je einem Ordner voll Bilder für jede Person.</translation>
    </message>
    <message>
        <source>pair list</source>
        <translation>Paarliste</translation>
    </message>
    <message>
        <source>A CSV file of pairs.</source>
        <translation>Eine CSV-Datei mit Paaren.</translation>
    </message>
    <message>
        <source>Lists (*.csv);;All files (*)</source>
        <translation>Listen (*.csv);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>one-shot runs</source>
        <translation>One-Shot-Läufe</translation>
    </message>
    <message>
        <source>The folder with run01, run02 and so on.</source>
        <translation>Der Ordner mit run01, run02 und so fort.</translation>
    </message>
    <message>
        <source>the pairs.txt</source>
        <translation>die pairs.txt</translation>
    </message>
    <message>
        <source>the list of pairs</source>
        <translation>die Liste der Paare</translation>
    </message>
    <message>
        <source>the folder of one-shot runs</source>
        <translation>der Ordner der One-Shot-Läufe</translation>
    </message>
    <message>
        <source>choose {wanted} first</source>
        <translation>erst {wanted} wählen</translation>
    </message>
    <message>
        <source>choose the folder of the images first</source>
        <translation>erst den Ordner der Bilder wählen</translation>
    </message>
    <message>
        <source>{label}: {minimum} to {maximum}.</source>
        <translation>{label}: {minimum} bis {maximum}.</translation>
    </message>
    <message>
        <source>A model like that of the next run is trained for a moment, while the learning rate rises over the range of the slider; then it is thrown away. Where the loss falls fastest is a good peak for the schedule.</source>
        <translation>Ein Modell wie das des nächsten Laufs wird einen Augenblick trainiert, während die Lernrate über den Bereich des Reglers steigt; dann wird es verworfen. Wo der Verlust am schnellsten fällt, ist ein guter Höchstwert für den Plan.</translation>
    </message>
    <message>
        <source>The loss falls fastest at {rate}. Drag the line to choose another rate.</source>
        <translation>Der Verlust fällt am schnellsten bei {rate}. Die Linie ziehen, um eine andere Rate zu wählen.</translation>
    </message>
    <message>
        <source>The loss does not clearly fall at any rate. Look at data and loss first; the line stands at the present rate.</source>
        <translation>Der Verlust fällt bei keiner Rate deutlich. Erst Daten und Verlust ansehen; die Linie steht bei der jetzigen Rate.</translation>
    </message>
    <message>
        <source>Nothing was kept of the search.</source>
        <translation>Von der Suche wurde nichts behalten.</translation>
    </message>
    <message>
        <source>loss over learning rate</source>
        <translation>Verlust über der Lernrate</translation>
    </message>
    <message>
        <source>each step</source>
        <translation>jeder Schritt</translation>
    </message>
    <message>
        <source>smoothed</source>
        <translation>geglättet</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>rate {at}
loss {loss}
smoothed {smoothed}</source>
        <translation>Rate {at}
Verlust {loss}
geglättet {smoothed}</translation>
    </message>
    <message>
        <source>End the search now.</source>
        <translation>Die Suche jetzt beenden.</translation>
    </message>
    <message>
        <source>Use {rate}</source>
        <translation>{rate} benutzen</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>Benutzen</translation>
    </message>
    <message>
        <source>Put the learning rate&apos;s slider where the line stands.</source>
        <translation>Den Regler der Lernrate dorthin setzen, wo die Linie steht.</translation>
    </message>
    <message>
        <source>Leave the learning rate as it is.</source>
        <translation>Die Lernrate lassen, wie sie ist.</translation>
    </message>
    <message>
        <source>True positive rate: the accepted share of genuine pairs.</source>
        <translation>Richtig-positiv-Rate: angenommener Anteil der echten Paare.</translation>
    </message>
    <message>
        <source>False positive rate: the accepted share of impostor pairs.</source>
        <translation>Falsch-positiv-Rate: angenommener Anteil der fremden Paare.</translation>
    </message>
    <message>
        <source>Equal error rate: as many impostor pairs accepted as genuine ones rejected, in shares.</source>
        <translation>Equal Error Rate: so viele fremde Paare angenommen wie echte abgelehnt, in Anteilen.</translation>
    </message>
    <message>
        <source>95 % interval: where the figure would lie in 95 of 100 other samples of as many identities.</source>
        <translation>95-%-Intervall: wo die Größe bei 95 von 100 anderen Stichproben mit ebenso vielen Identitäten läge.</translation>
    </message>
    <message>
        <source>chosen on {}</source>
        <translation>gewählt auf {}</translation>
    </message>
    <message>
        <source>at this threshold, on the identities that a target FPR picks its threshold on.</source>
        <translation>bei dieser Schwelle, auf den Identitäten, an denen eine Ziel-FPR ihre Schwelle wählt.</translation>
    </message>
    <message>
        <source>on {} others</source>
        <translation>auf {} anderen</translation>
    </message>
    <message>
        <source>at this threshold, on the other half of the identities: what to expect of others.</source>
        <translation>bei dieser Schwelle, auf der anderen Hälfte der Identitäten: was bei anderen zu erwarten ist.</translation>
    </message>
    <message>
        <source>Not checked on other identities.</source>
        <translation>Nicht an anderen Identitäten geprüft.</translation>
    </message>
    <message>
        <source>No interval, since {reason}.</source>
        <translation>Kein Intervall, denn {reason}.</translation>
    </message>
    <message>
        <source>{MARKS} interval</source>
        <translation>Intervall: {MARKS}</translation>
    </message>
    <message>
        <source>all pairs</source>
        <translation>alle Paare</translation>
    </message>
    <message>
        <source>isotonic</source>
        <translation>isoton</translation>
    </message>
    <message>
        <source>reliability</source>
        <translation>Zuverlässigkeit</translation>
    </message>
    <message>
        <source>probability of &apos;same&apos;</source>
        <translation>Wahrscheinlichkeit von „gleich“</translation>
    </message>
    <message>
        <source>genuine share</source>
        <translation>Anteil der echten</translation>
    </message>
    <message>
        <source>pairs by probability</source>
        <translation>Paare nach Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>On the diagonal a probability is kept: of the pairs that get 80 %, 80 % are genuine. Below it the model promises too much, above it too little.</source>
        <translation>Auf der Diagonalen hält eine Wahrscheinlichkeit ihr Wort: Von Paaren mit 80 % sind 80 % echt. Darunter verspricht das Modell zu viel, darüber zu wenig.</translation>
    </message>
    <message>
        <source>How many pairs each point above rests on; few pairs make it jump.</source>
        <translation>Auf wie vielen Paaren jeder Punkt oben beruht; wenige lassen ihn springen.</translation>
    </message>
    <message>
        <source>{NAMES:&lt;8} promised {predicted:&gt;7}, genuine {observed:&gt;7} of {pairs} pairs</source>
        <translation>{NAMES:&lt;8} versprochen {predicted:&gt;7}, echt {observed:&gt;7} von {pairs} Paaren</translation>
    </message>
    <message>
        <source>{provenance}

There is no ROC curve: the held-out images make no genuine or no impostor pairs. Hold out at least two classes with two images each.</source>
        <translation>{provenance}

Keine ROC-Kurve: Die zurückgehaltenen Bilder ergeben keine echten oder keine fremden Paare. Mindestens zwei Klassen mit je zwei Bildern zurückhalten.</translation>
    </message>
    <message>
        <source>The ROC curve of the held-out images will stand here, with the threshold that decides &apos;same&apos; or &apos;different&apos;. Start a run and wait for its first epoch, or open a finished run.</source>
        <translation>Hier steht die ROC-Kurve der zurückgehaltenen Bilder, mit der Schwelle, die „gleich“ oder „verschieden“ entscheidet. Einen Lauf starten und die erste Epoche abwarten, oder einen fertigen Lauf öffnen.</translation>
    </message>
    <message>
        <source>set by hand</source>
        <translation>von Hand gesetzt</translation>
    </message>
    <message>
        <source>target FPR</source>
        <translation>Ziel-FPR</translation>
    </message>
    <message>
        <source>False accepts and false rejects nearest {threshold}</source>
        <translation>Falsch angenommene und falsch abgelehnte, am nächsten an {threshold}</translation>
    </message>
    <message>
        <source>four convolution stages with group norm; quick on a CPU, for images up to 64 px.</source>
        <translation>vier Faltungsstufen mit Gruppennorm; schnell auf einer CPU, für Bilder bis 64 px.</translation>
    </message>
    <message>
        <source>the usual start for photographs.</source>
        <translation>der übliche Anfang für Fotos.</translation>
    </message>
    <message>
        <source>stronger and slower than resnet18.</source>
        <translation>stärker und langsamer als resnet18.</translation>
    </message>
    <message>
        <source>light, made for small devices.</source>
        <translation>leicht, für kleine Geräte gemacht.</translation>
    </message>
    <message>
        <source>the strongest and slowest; wants pretrained weights.</source>
        <translation>das stärkste und langsamste; will vortrainierte Gewichte.</translation>
    </message>
    <message>
        <source>split</source>
        <translation>Teilung</translation>
    </message>
    <message>
        <source>Which images the model is judged on.</source>
        <translation>An welchen Bildern das Modell beurteilt wird.</translation>
    </message>
    <message>
        <source>held-out share</source>
        <translation>zurückgehaltener Anteil</translation>
    </message>
    <message>
        <source>backbone</source>
        <translation>Backbone</translation>
    </message>
    <message>
        <source>The network below the heads.</source>
        <translation>Das Netz unter den Köpfen.</translation>
    </message>
    <message>
        <source>pretrained weights</source>
        <translation>vortrainierte Gewichte</translation>
    </message>
    <message>
        <source>What pulls the embeddings of a class together and others apart.</source>
        <translation>Was die Embeddings einer Klasse zusammenzieht und andere auseinander.</translation>
    </message>
    <message>
        <source>task balance</source>
        <translation>Ausgleich der Aufgaben</translation>
    </message>
    <message>
        <source>device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Where the training runs.</source>
        <translation>Wo das Training läuft.</translation>
    </message>
    <message>
        <source>augmentation</source>
        <translation>Variation der Bilder</translation>
    </message>
    <message>
        <source>vary the images</source>
        <translation>Bilder variieren</translation>
    </message>
    <message>
        <source>mirroring</source>
        <translation>Spiegeln</translation>
    </message>
    <message>
        <source>Whether images are mirrored at random.</source>
        <translation>Ob Bilder zufällig gespiegelt werden.</translation>
    </message>
    <message>
        <source>images outside the data folder</source>
        <translation>Bilder außerhalb des Datenordners</translation>
    </message>
    <message>
        <source>read images elsewhere</source>
        <translation>Bilder anderswo lesen</translation>
    </message>
    <message>
        <source>strategy</source>
        <translation>Verteilung</translation>
    </message>
    <message>
        <source>What several GPUs share out where a run has them.</source>
        <translation>Was mehrere GPUs unter sich aufteilen, wenn ein Lauf sie hat.</translation>
    </message>
    <message>
        <source>Number format of the training.</source>
        <translation>Zahlenformat des Trainings.</translation>
    </message>
    <message>
        <source>schedule</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>warm-up</source>
        <translation>Anlauf</translation>
    </message>
    <message>
        <source>compiled model</source>
        <translation>übersetztes Modell</translation>
    </message>
    <message>
        <source>compile the model</source>
        <translation>das Modell kompilieren</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>auto</translation>
    </message>
    <message>
        <source>run to start from</source>
        <translation>Lauf, mit dem begonnen wird</translation>
    </message>
    <message>
        <source>masks</source>
        <translation>Masken</translation>
    </message>
    <message>
        <source>open set from 20 classes up, closed set below.</source>
        <translation>offene Menge ab 20 Klassen, darunter geschlossene Menge.</translation>
    </message>
    <message>
        <source>whole classes are held out: can the model tell apart classes it never saw? Needs many classes.</source>
        <translation>ganze Klassen werden zurückgehalten: Unterscheidet das Modell Klassen, die es nie sah? Braucht viele Klassen.</translation>
    </message>
    <message>
        <source>images of every class are held out: does it know its classes again?</source>
        <translation>von jeder Klasse werden Bilder zurückgehalten: Kennt es seine Klassen wieder?</translation>
    </message>
    <message>
        <source>0 to 4 on unit vectors; far pairs count more in the loss.</source>
        <translation>0 bis 4 auf Einheitsvektoren; weite Paare zählen im Verlust mehr.</translation>
    </message>
    <message>
        <source>sliders only</source>
        <translation>nur Regler</translation>
    </message>
    <message>
        <source>α, β and γ weigh the losses. Clear, and usually good enough.</source>
        <translation>α, β und γ wiegen die Verluste. Klar, und meist gut genug.</translation>
    </message>
    <message>
        <source>uncertainty</source>
        <translation>Unsicherheit</translation>
    </message>
    <message>
        <source>each task&apos;s noise is learned and divides its loss. Try it when the losses differ in size.</source>
        <translation>das Rauschen jeder Aufgabe wird gelernt und teilt ihren Verlust. Zu versuchen, wenn die Verluste verschieden groß sind.</translation>
    </message>
    <message>
        <source>tasks whose loss falls slowly weigh more (dynamic weight average, an epoch at a time).</source>
        <translation>Aufgaben, deren Verlust langsam fällt, wiegen mehr (dynamisches Gewichtsmittel, je Epoche).</translation>
    </message>
    <message>
        <source>projects the tasks&apos; gradients so that no step harms a task. Takes a gradient a task.</source>
        <translation>projiziert die Gradienten der Aufgaben so, dass kein Schritt einer Aufgabe schadet. Braucht je Aufgabe einen Gradienten.</translation>
    </message>
    <message>
        <source>the shortest combination of the tasks&apos; gradients. It leans to the task with the smallest gradient, so here a larger slider makes a task count less.</source>
        <translation>die kürzeste Verbindung der Gradienten der Aufgaben. Sie neigt zur Aufgabe mit dem kleinsten Gradienten, daher lässt ein größerer Regler eine Aufgabe hier weniger zählen.</translation>
    </message>
    <message>
        <source>takes out of each task&apos;s gradient what runs against another&apos;s.</source>
        <translation>nimmt aus dem Gradienten jeder Aufgabe, was einem anderen entgegenläuft.</translation>
    </message>
    <message>
        <source>makes the tasks&apos; gradients orthogonal and of one size before they are added.</source>
        <translation>macht die Gradienten der Aufgaben rechtwinklig und gleich groß, bevor sie addiert werden.</translation>
    </message>
    <message>
        <source>Not available here: it needs TorchJD. Add it by  pip install &apos;metric-explorer[balance]&apos;</source>
        <translation>Hier nicht verfügbar: braucht TorchJD. Hinzufügen mit  pip install &apos;metric-explorer[balance]&apos;</translation>
    </message>
    <message>
        <source>How the tasks that share the network are weighed against one another, beside the sliders α, β and γ. Look at &apos;task shares&apos; below the loss curves before you change it.</source>
        <translation>Wie die Aufgaben, die das Netz teilen, gegeneinander gewogen werden, neben den Reglern α, β und γ. Vor dem Ändern auf „Anteile der Aufgaben“ unter den Verlustkurven sehen.</translation>
    </message>
    <message>
        <source>the fastest there is.</source>
        <translation>das schnellste.</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>CUDA</source>
        <translation>CUDA</translation>
    </message>
    <message>
        <source>an NVIDIA or AMD graphics card.</source>
        <translation>eine Grafikkarte von NVIDIA oder AMD.</translation>
    </message>
    <message>
        <source>MPS</source>
        <translation>MPS</translation>
    </message>
    <message>
        <source>the graphics part of an Apple chip.</source>
        <translation>der Grafikteil eines Apple-Chips.</translation>
    </message>
    <message>
        <source>mirror unless the data is characters.</source>
        <translation>spiegeln, außer wenn die Daten Schriftzeichen sind.</translation>
    </message>
    <message>
        <source>always</source>
        <translation>immer</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>for anything that means something else in a mirror.</source>
        <translation>für alles, was im Spiegel etwas anderes bedeutet.</translation>
    </message>
    <message>
        <source>Which values of a mask are foreground. `--set foreground=1,7` names any others on the command line.</source>
        <translation>Welche Werte einer Maske Vordergrund sind. `--set foreground=1,7` nennt beliebige andere auf der Kommandozeile.</translation>
    </message>
    <message>
        <source>the brighter half; for a published data set what its authors mean.</source>
        <translation>die hellere Hälfte; bei einem veröffentlichten Datensatz, was seine Urheber meinen.</translation>
    </message>
    <message>
        <source>of a trimap the object; its outline counts as background.</source>
        <translation>einer Trimap: das Objekt; sein Umriss zählt als Hintergrund.</translation>
    </message>
    <message>
        <source>1 and 3</source>
        <translation>1 und 3</translation>
    </message>
    <message>
        <source>of a trimap the object with its outline.</source>
        <translation>einer Trimap: das Objekt mit seinem Umriss.</translation>
    </message>
    <message>
        <source>all but 0</source>
        <translation>alle außer 0</translation>
    </message>
    <message>
        <source>numbered objects or classes of a palette; 255 is left open there.</source>
        <translation>nummerierte Objekte oder Klassen einer Palette; 255 bleibt dort offen.</translation>
    </message>
    <message>
        <source>what the device computes fastest without harm.</source>
        <translation>was das Gerät am schnellsten ohne Schaden rechnet.</translation>
    </message>
    <message>
        <source>32 bit</source>
        <translation>32 Bit</translation>
    </message>
    <message>
        <source>bfloat16</source>
        <translation>bfloat16</translation>
    </message>
    <message>
        <source>half the memory; fast on recent hardware only.</source>
        <translation>halber Speicher; nur auf neuer Hardware schnell.</translation>
    </message>
    <message>
        <source>64 bit</source>
        <translation>64 Bit</translation>
    </message>
    <message>
        <source>slow; to compare two machines exactly.</source>
        <translation>langsam; um zwei Maschinen genau zu vergleichen.</translation>
    </message>
    <message>
        <source>the images.</source>
        <translation>die Bilder.</translation>
    </message>
    <message>
        <source>the images</source>
        <translation>die Bilder</translation>
    </message>
    <message>
        <source>each GPU holds the whole model.</source>
        <translation>jede GPU hält das ganze Modell.</translation>
    </message>
    <message>
        <source>the weights, too</source>
        <translation>auch die Gewichte</translation>
    </message>
    <message>
        <source>for a model that is too large for one GPU; steps take longer.</source>
        <translation>für ein Modell, das für eine GPU zu groß ist; Schritte dauern länger.</translation>
    </message>
    <message>
        <source>along a cosine to 1 %: slowly at first and in the end. Usually the best.</source>
        <translation>entlang eines Kosinus auf 1 %: langsam am Anfang und am Ende. Meist am besten.</translation>
    </message>
    <message>
        <source>linear</source>
        <translation>linear</translation>
    </message>
    <message>
        <source>along a line to 1 %.</source>
        <translation>entlang einer Geraden auf 1 %.</translation>
    </message>
    <message>
        <source>constant</source>
        <translation>konstant</translation>
    </message>
    <message>
        <source>it stays: for runs whose length is not known beforehand, ended by early stopping.</source>
        <translation>bleibt: für Läufe, deren Länge vorher nicht feststeht, beendet durch vorzeitiges Ende.</translation>
    </message>
    <message>
        <source>How the learning rate falls after the warm-up. The slider is its peak, and can be moved all the same.</source>
        <translation>Wie die Lernrate nach dem Anlauf fällt. Der Regler ist ihr Höchstwert und lässt sich trotzdem bewegen.</translation>
    </message>
    <message>
        <source>Share of the steps in which the learning rate rises to its peak. Raise it when training is unstable at the start. Empty: 5 %, 100 steps at most.</source>
        <translation>Anteil der Schritte, in denen die Lernrate auf ihren Höchstwert steigt. Mehr, wenn das Training am Anfang unruhig ist. Leer: 5 %, höchstens 100 Schritte.</translation>
    </message>
    <message>
        <source>Decay of averaged weights, such as 0.999; 0 for none. The average is what is judged, verified with and exported: steadier, above all with a high learning rate. Takes memory for a second model.</source>
        <translation>Abnahme der gemittelten Gewichte, etwa 0,999; 0 für keine. Beurteilt, geprüft und exportiert wird der Mittelwert: ruhiger, vor allem bei hoher Lernrate. Braucht Speicher für ein zweites Modell.</translation>
    </message>
    <message>
        <source>Early stopping: the run ends when the held-out AUC has not risen for so many epochs, with the weights of its best one; 0 trains all epochs. Figures on the same held-out images are then optimistic, since they chose the epoch.</source>
        <translation>Vorzeitiges Ende: Der Lauf endet, wenn die zurückgehaltene AUC so viele Epochen nicht gestiegen ist, mit den Gewichten der besten; 0 trainiert alle Epochen. Größen auf denselben zurückgehaltenen Bildern sind dann zu günstig, da sie die Epoche gewählt haben.</translation>
    </message>
    <message>
        <source>A run whose weights this one starts from: of the same backbone; heads for other classes are made anew. Empty to start afresh. Use it to go on with more data, or to adapt a model to another task.</source>
        <translation>Ein Lauf, von dessen Gewichten dieser ausgeht: mit demselben Backbone; Köpfe für andere Klassen werden neu angelegt. Leer für einen Neubeginn. Um mit mehr Daten weiterzumachen oder ein Modell an eine andere Aufgabe anzupassen.</translation>
    </message>
    <message>
        <source>How many of the backbone&apos;s first stages keep the weights they start with, statistics included. Use it with few images and pretrained weights or those of another run: faster, and less is forgotten.</source>
        <translation>Wie viele der ersten Stufen des Backbones ihre Anfangsgewichte behalten, samt Statistiken. Für wenige Bilder und vortrainierte Gewichte oder die eines anderen Laufs: schneller, und weniger wird vergessen.</translation>
    </message>
    <message>
        <source>How many images pass through the network at once; 0 for the whole batch. Lower it when the device&apos;s memory is too small for the batch you want: losses are those of the whole batch, a step takes a third to a half longer.</source>
        <translation>Wie viele Bilder zugleich durch das Netz gehen; 0 für den ganzen Stapel. Kleiner, wenn der Speicher des Geräts für den gewünschten Stapel nicht reicht: Die Verluste sind die des ganzen Stapels, ein Schritt dauert ein Drittel bis die Hälfte länger.</translation>
    </message>
    <message>
        <source>Compile the model by torch.compile: the first steps take a minute or so, the others are faster on a GPU. Leave it off for short runs.</source>
        <translation>Das Modell mit torch.compile übersetzen: Die ersten Schritte dauern etwa eine Minute, die anderen sind auf einer GPU schneller. Für kurze Läufe auslassen.</translation>
    </message>
    <message>
        <source>Share of the classes (open set) or of each class&apos;s images (closed set) that is never trained on. More makes the ROC steadier, less leaves more to learn from. Empty: the default.</source>
        <translation>Anteil der Klassen (offene Menge) oder der Bilder jeder Klasse (geschlossene Menge), mit dem nie trainiert wird. Mehr macht die ROC ruhiger, weniger lässt mehr zum Lernen. Leer: der Standard.</translation>
    </message>
    <message>
        <source>Start from torchvision&apos;s ImageNet weights: better from few photographs; downloaded once. Untick for anything that does not look like a photograph.</source>
        <translation>Mit den ImageNet-Gewichten von torchvision beginnen: besser bei wenigen Fotos; einmal heruntergeladen. Abwählen für alles, was nicht wie ein Foto aussieht.</translation>
    </message>
    <message>
        <source>Side of the square every image is resized to. Raise it when details decide; the time grows with its square.</source>
        <translation>Seite des Quadrats, auf das jedes Bild gebracht wird. Größer, wenn Einzelheiten entscheiden; die Zeit wächst mit dem Quadrat.</translation>
    </message>
    <message>
        <source>Passes over the training images. More while the held-out ROC still improves.</source>
        <translation>Durchgänge durch die Trainingsbilder. Mehr, solange die zurückgehaltene ROC noch besser wird.</translation>
    </message>
    <message>
        <source>Different classes in a batch. More give harder negatives; use fewer classes where memory is short.</source>
        <translation>Verschiedene Klassen in einem Stapel. Mehr ergeben schwerere Negative; weniger, wo der Speicher knapp ist.</translation>
    </message>
    <message>
        <source>Images of each class in a batch, at least 2, or there is no positive pair.</source>
        <translation>Bilder jeder Klasse in einem Stapel, mindestens 2, sonst gibt es kein positives Paar.</translation>
    </message>
    <message>
        <source>How far apart two embeddings are. On unit vectors, as here, all give the same order and so the same ROC; only margin and threshold are on another scale.</source>
        <translation>Wie weit zwei Embeddings auseinander sind. Auf Einheitsvektoren, wie hier, ergeben alle dieselbe Reihenfolge und so dieselbe ROC; nur Abstand und Schwelle haben einen anderen Maßstab.</translation>
    </message>
    <message>
        <source>Start of all random numbers: the same seed gives the same run on a CPU. Change it to see the spread.</source>
        <translation>Beginn aller Zufallszahlen: Derselbe Startwert ergibt auf einer CPU denselben Lauf. Ändern, um die Streuung zu sehen.</translation>
    </message>
    <message>
        <source>Numbers in an embedding. Raise it for many classes; small ones compare and store faster.</source>
        <translation>Zahlen in einem Embedding. Mehr für viele Klassen; kleine sind schneller verglichen und gespeichert.</translation>
    </message>
    <message>
        <source>Cross-batch memory: how many embeddings of earlier batches each batch is compared with as well; 0 for none. Gives a small batch more and harder negatives; old ones no longer quite fit the network.</source>
        <translation>Gedächtnis über Stapel: mit wie vielen Embeddings früherer Stapel jeder Stapel außerdem verglichen wird; 0 für keine. Gibt einem kleinen Stapel mehr und schwerere Negative; alte passen nicht mehr ganz zum Netz.</translation>
    </message>
    <message>
        <source>How strongly weights are pulled to zero. Raise it when training goes well and held-out images do not.</source>
        <translation>Wie stark Gewichte gegen null gezogen werden. Größer, wenn das Training gut geht und zurückgehaltene Bilder nicht.</translation>
    </message>
    <message>
        <source>Shift, scale, turn and recolour training images at random. Untick only to see what it brings.</source>
        <translation>Trainingsbilder zufällig verschieben, skalieren, drehen und umfärben. Abwählen nur, um zu sehen, was es bringt.</translation>
    </message>
    <message>
        <source>Whether images may lie outside the data folder, where a list names them or a link leads to them. A list from somebody else could name any file: tick only for data of your own. The run keeps it.</source>
        <translation>Ob Bilder außerhalb des Datenordners liegen dürfen, wo eine Liste sie nennt oder ein Link zu ihnen führt. Eine fremde Liste könnte jede Datei nennen: nur für eigene Daten ankreuzen. Der Lauf behält es.</translation>
    </message>
    <message>
        <source>image size</source>
        <translation>Bildgröße</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <source>classes per batch</source>
        <translation>Klassen je Stapel</translation>
    </message>
    <message>
        <source>samples per class</source>
        <translation>Bilder je Klasse</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>embedding size</source>
        <translation>Embedding-Größe</translation>
    </message>
    <message>
        <source>cross-batch memory</source>
        <translation>Gedächtnis über Stapel</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>weight decay</source>
        <translation>Gewichtsabnahme</translation>
    </message>
    <message>
        <source>average</source>
        <translation>Mittelung</translation>
    </message>
    <message>
        <source>patience</source>
        <translation>Geduld</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source> epochs</source>
        <translation> Epochen</translation>
    </message>
    <message>
        <source>frozen stages</source>
        <translation>eingefrorene Stufen</translation>
    </message>
    <message>
        <source> stages</source>
        <translation> Stufen</translation>
    </message>
    <message>
        <source>images at once</source>
        <translation>Bilder zugleich</translation>
    </message>
    <message>
        <source>whole batch</source>
        <translation>ganzer Stapel</translation>
    </message>
    <message>
        <source> images</source>
        <translation> Bilder</translation>
    </message>
    <message>
        <source>The data says itself which images are held out.</source>
        <translation>Die Daten sagen selbst, welche Bilder zurückgehalten werden.</translation>
    </message>
    <message>
        <source>The small net has no pretrained weights.</source>
        <translation>Das kleine Netz hat keine vortrainierten Gewichte.</translation>
    </message>
    <message>
        <source>The weights come from another run, see Advanced.</source>
        <translation>Die Gewichte kommen aus einem anderen Lauf, siehe Weitere.</translation>
    </message>
    <message>
        <source>A list says which images are compared: a memory of earlier batches has nothing to add.</source>
        <translation>Eine Liste sagt, welche Bilder verglichen werden: Ein Gedächtnis früherer Stapel fügt nichts hinzu.</translation>
    </message>
    <message>
        <source>This loss compares with class vectors of its own: a memory of earlier batches has nothing to add.</source>
        <translation>Dieser Verlust vergleicht mit eigenen Klassenvektoren: Ein Gedächtnis früherer Stapel fügt nichts hinzu.</translation>
    </message>
    <message>
        <source>Train in one process for each GPU of this machine, by torchrun. A batch is shared out among them, so choose one that is large enough for each to have its part; the losses are those of the whole batch.</source>
        <translation>Mit torchrun in je einem Prozess für jede GPU dieser Maschine trainieren. Ein Stapel wird unter ihnen aufgeteilt; er muss groß genug sein, dass jede ihren Teil hat. Die Verluste sind die des ganzen Stapels.</translation>
    </message>
    <message>
        <source>The run is to train on another device, see Advanced.</source>
        <translation>Der Lauf soll auf einem anderen Gerät trainieren, siehe Weitere.</translation>
    </message>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>batch</source>
        <translation>Stapel</translation>
    </message>
    <message>
        <source>start from</source>
        <translation>beginnen mit</translation>
    </message>
    <message>
        <source>freeze</source>
        <translation>Einfrieren</translation>
    </message>
    <message>
        <source>decay</source>
        <translation>Abnahme</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>Gedächtnis</translation>
    </message>
    <message>
        <source>embedding</source>
        <translation>Embedding</translation>
    </message>
    <message>
        <source>at once</source>
        <translation>auf einmal</translation>
    </message>
    <message>
        <source>compile</source>
        <translation>Kompilieren</translation>
    </message>
    <message>
        <source>share out</source>
        <translation>Aufteilen</translation>
    </message>
    <message>
        <source>augment</source>
        <translation>Variation</translation>
    </message>
    <message>
        <source>outside</source>
        <translation>außerhalb</translation>
    </message>
    <message>
        <source>mirror</source>
        <translation>spiegeln</translation>
    </message>
    <message>
        <source>all GPUs</source>
        <translation>alle GPUs</translation>
    </message>
    <message>
        <source>all {count} GPUs</source>
        <translation>alle {count} GPUs</translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>Weitere</translation>
    </message>
    <message>
        <source>Settings that rarely need a change.</source>
        <translation>Einstellungen, die selten zu ändern sind.</translation>
    </message>
    <message>
        <source>devices</source>
        <translation>Geräte</translation>
    </message>
    <message>
        <source>Every run below {} will stand here, with its data, settings, figures and a note of yours. Press Start to train one, or choose another folder of runs.</source>
        <translation>Jeder Lauf unter {} steht hier, mit Daten, Einstellungen, Größen und einer eigenen Notiz. Start trainiert einen; oder einen anderen Ordner mit Läufen wählen.</translation>
    </message>
    <message>
        <source>Choose a run to see its curves, settings and ROC here; with Ctrl or Shift choose several, up to {MOST_COMPARED}, to see them over one another.</source>
        <translation>Einen Lauf wählen, um hier Kurven, Einstellungen und ROC zu sehen; mit Strg oder Umschalt mehrere, bis zu {MOST_COMPARED}, übereinander.</translation>
    </message>
    <message>
        <source>Choose a run first.</source>
        <translation>Erst einen Lauf wählen.</translation>
    </message>
    <message>
        <source>Choose one run: this is of one at a time.</source>
        <translation>Einen Lauf wählen: Dies gilt jeweils für einen.</translation>
    </message>
    <message>
        <source>Only runs in which every word stands, in any column: &apos;digits arcface&apos;, &apos;damaged&apos;, &apos;archived&apos;.</source>
        <translation>Nur Läufe, in denen jedes Wort steht, in einer beliebigen Spalte: „digits arcface“, „beschädigt“, „archiviert“.</translation>
    </message>
    <message>
        <source>Show the runs that are archived too.</source>
        <translation>Auch die archivierten Läufe zeigen.</translation>
    </message>
    <message>
        <source>Show the run in the whole window (double click, Enter).</source>
        <translation>Den Lauf im ganzen Fenster zeigen (Doppelklick, Eingabe).</translation>
    </message>
    <message>
        <source>Let the next run start from this one&apos;s weights: fills Run setup &gt; Advanced &gt; start from.</source>
        <translation>Den nächsten Lauf mit den Gewichten von diesem beginnen: füllt Laufaufbau &gt; Weitere &gt; beginnen mit.</translation>
    </message>
    <message>
        <source>Open the run&apos;s folder in the file manager.</source>
        <translation>Den Ordner des Laufs in der Dateiverwaltung öffnen.</translation>
    </message>
    <message>
        <source>Give the run&apos;s folder another name (F2).</source>
        <translation>Dem Ordner des Laufs einen anderen Namen geben (F2).</translation>
    </message>
    <message>
        <source>Take the runs off the list; their folders stay where they are.</source>
        <translation>Die Läufe von der Liste nehmen; ihre Ordner bleiben, wo sie sind.</translation>
    </message>
    <message>
        <source>Put the runs back on the list.</source>
        <translation>Die Läufe wieder in die Liste setzen.</translation>
    </message>
    <message>
        <source>Move the runs to the trash; Edit &gt; Undo brings them back.</source>
        <translation>Die Läufe in den Papierkorb legen; Bearbeiten &gt; Rückgängig bringt sie zurück.</translation>
    </message>
    <message>
        <source>The losses and figures of every step as event files, a folder for each run.</source>
        <translation>Verluste und Größen jedes Schritts als Ereignisdateien, ein Ordner je Lauf.</translation>
    </message>
    <message>
        <source>The losses and figures of every step as a table.</source>
        <translation>Verluste und Größen jedes Schritts als Tabelle.</translation>
    </message>
    <message>
        <source>show archived</source>
        <translation>archivierte zeigen</translation>
    </message>
    <message>
        <source>archived</source>
        <translation>archiviert</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>Neu laden</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>Ordner…</translation>
    </message>
    <message>
        <source>List the runs of another folder; these are those below {absolute}.</source>
        <translation>Läufe eines anderen Ordners zeigen; dies sind die unter {absolute}.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Start from this run</source>
        <translation>Mit diesem Lauf beginnen</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archivieren</translation>
    </message>
    <message>
        <source>Export for TensorBoard…</source>
        <translation>Für TensorBoard exportieren…</translation>
    </message>
    <message>
        <source>Export as CSV…</source>
        <translation>Als CSV exportieren…</translation>
    </message>
    <message>
        <source>search runs</source>
        <translation>Läufe suchen</translation>
    </message>
    <message>
        <source>Search names, data, settings, notes</source>
        <translation>Namen, Daten, Notizen … suchen</translation>
    </message>
    <message>
        <source>Read the list again: runs that other programs have made or changed.</source>
        <translation>Die Liste neu lesen: Läufe, die andere Programme gemacht oder geändert haben.</translation>
    </message>
    <message>
        <source>List the runs of another folder.</source>
        <translation>Läufe eines anderen Ordners zeigen.</translation>
    </message>
    <message>
        <source>Take the scalars of the chosen runs away, for TensorBoard or as a table.</source>
        <translation>Die Skalare der gewählten Läufe mitnehmen, für TensorBoard oder als Tabelle.</translation>
    </message>
    <message>
        <source>What is shown of the chosen runs</source>
        <translation>Was von den gewählten Läufen gezeigt wird</translation>
    </message>
    <message>
        <source>Curves of training, settings that differ, ROC of the held-out images.</source>
        <translation>Kurven des Trainings, abweichende Einstellungen, ROC der zurückgehaltenen Bilder.</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>{total} run{value}</source>
        <translation>{total} Lauf{value}</translation>
    </message>
    <message>
        <source>{shown} of {runs}</source>
        <translation>{shown} von {runs}</translation>
    </message>
    <message>
        <source>Unarchive</source>
        <translation>Aus dem Archiv holen</translation>
    </message>
    <message>
        <source>{training} is being trained; stop it first.</source>
        <translation>{training} wird trainiert; erst anhalten.</translation>
    </message>
    <message>
        <source>The window shows this run; open another one first.</source>
        <translation>Das Fenster zeigt diesen Lauf; erst einen anderen öffnen.</translation>
    </message>
    <message>
        <source>This run is damaged: {problem}</source>
        <translation>Dieser Lauf ist beschädigt: {problem}</translation>
    </message>
    <message>
        <source>{empty} has no steps yet, so there is nothing to write.</source>
        <translation>{empty} hat noch keine Schritte, also gibt es nichts zu schreiben.</translation>
    </message>
    <message>
        <source>total loss</source>
        <translation>Gesamtverlust</translation>
    </message>
    <message>
        <source>The sum that is trained: the losses, each times its weight.</source>
        <translation>Die Summe, die trainiert wird: die Verluste, jeder mal sein Gewicht.</translation>
    </message>
    <message>
        <source>Raw, without its weight γ. Comparable only where loss and margin are the same.</source>
        <translation>Roh, ohne sein Gewicht γ. Vergleichbar nur, wo Verlust und Abstand gleich sind.</translation>
    </message>
    <message>
        <source>Cross entropy, without its weight α.</source>
        <translation>Kreuzentropie, ohne ihr Gewicht α.</translation>
    </message>
    <message>
        <source>segmentation loss</source>
        <translation>Segmentierungsverlust</translation>
    </message>
    <message>
        <source>Without its weight β.</source>
        <translation>Ohne ihr Gewicht β.</translation>
    </message>
    <message>
        <source>active share</source>
        <translation>aktiver Anteil</translation>
    </message>
    <message>
        <source>Share of a batch&apos;s tuples that still cost something.</source>
        <translation>Anteil der Tupel eines Stapels, die noch etwas kosten.</translation>
    </message>
    <message>
        <source>Directions that the embeddings of a batch spread in.</source>
        <translation>Richtungen, in die sich die Embeddings eines Stapels ausbreiten.</translation>
    </message>
    <message>
        <source>L2 norm of the gradient of all weights.</source>
        <translation>L2-Norm des Gradienten aller Gewichte.</translation>
    </message>
    <message>
        <source>The rate of each step, warm-up and decay included.</source>
        <translation>Die Rate jedes Schritts, mit Anlauf und Abfall.</translation>
    </message>
    <message>
        <source>Training steps; a step of a larger batch sees more images.</source>
        <translation>Trainingsschritte; ein Schritt mit größerem Stapel sieht mehr Bilder.</translation>
    </message>
    <message>
        <source>epoch</source>
        <translation>Epoche</translation>
    </message>
    <message>
        <source>Epochs, in parts: each run has then seen as much of its data.</source>
        <translation>Epochen, in Teilen: Jeder Lauf hat dann gleich viel von seinen Daten gesehen.</translation>
    </message>
    <message>
        <source>time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Minutes of training, pauses and evaluation left out.</source>
        <translation>Minuten des Trainings, ohne Pausen und Auswertung.</translation>
    </message>
    <message>
        <source>time (min)</source>
        <translation>Zeit (min)</translation>
    </message>
    <message>
        <source>compared figure</source>
        <translation>verglichene Größe</translation>
    </message>
    <message>
        <source>What is drawn of every run.</source>
        <translation>Was von jedem Lauf gezeichnet wird.</translation>
    </message>
    <message>
        <source>compared over</source>
        <translation>verglichen über</translation>
    </message>
    <message>
        <source>What the runs are laid beside one another by.</source>
        <translation>Worüber die Läufe nebeneinander gelegt werden.</translation>
    </message>
    <message>
        <source>curves of several runs</source>
        <translation>Kurven mehrerer Läufe</translation>
    </message>
    <message>
        <source>Without a figure of it: {without}.</source>
        <translation>Ohne diese Größe: {without}.</translation>
    </message>
    <message>
        <source>Logarithmic axis: shows slow progress at small values.</source>
        <translation>Logarithmische Achse: zeigt langsamen Fortschritt bei kleinen Werten.</translation>
    </message>
    <message>
        <source>smoothing of the compared curves</source>
        <translation>Glättung der verglichenen Kurven</translation>
    </message>
    <message>
        <source>Smoothing: how much of the past each point keeps. Raise it to see the trend; at 0 every step is drawn.</source>
        <translation>Glättung: wie viel vom Vorigen jeder Punkt behält. Größer zeigt den Trend; bei 0 wird jeder Schritt gezeichnet.</translation>
    </message>
    <message>
        <source>over</source>
        <translation>über</translation>
    </message>
    <message>
        <source>Compare in Evaluation</source>
        <translation>In Auswertung vergleichen</translation>
    </message>
    <message>
        <source>Measure these runs on the images that all of them hold out, and whether they differ at all: curves and intervals on the same identities, in the panel Evaluation.</source>
        <translation>Diese Läufe auf den Bildern messen, die alle zurückhalten, und ob sie sich überhaupt unterscheiden: Kurven und Intervalle auf denselben Identitäten, im Panel Auswertung.</translation>
    </message>
    <message>
        <source>All of the same held-out pairs, each run at its newest evaluation.</source>
        <translation>Alle mit denselben zurückgehaltenen Paaren, jeder Lauf bei seiner neuesten Auswertung.</translation>
    </message>
    <message>
        <source>different data</source>
        <translation>andere Daten</translation>
    </message>
    <message>
        <source>data whose content differs</source>
        <translation>Daten mit anderem Inhalt</translation>
    </message>
    <message>
        <source>Of {what} ({names}): which curve lies higher says nothing of which model is better.</source>
        <translation>Von {what} ({names}): Welche Kurve höher liegt, sagt nicht, welches Modell besser ist.</translation>
    </message>
    <message>
        <source>Of different held-out pairs: compare on those that all runs hold out before you conclude anything.</source>
        <translation>Von verschiedenen zurückgehaltenen Paaren: vor einem Schluss auf denen vergleichen, die alle Läufe zurückhalten.</translation>
    </message>
    <message>
        <source>Without an evaluation: {without}.</source>
        <translation>Ohne Auswertung: {without}.</translation>
    </message>
    <message>
        <source>Choose two runs or more that were evaluated.</source>
        <translation>Zwei oder mehr ausgewertete Läufe wählen.</translation>
    </message>
    <message>
        <source>AUC {auc:.4f}  EER {eer}</source>
        <translation>AUC {auc:.4f}  EER {eer}</translation>
    </message>
    <message>
        <source>F2 or a double click changes it.</source>
        <translation>F2 oder ein Doppelklick ändert sie.</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>beschädigt</translation>
    </message>
    <message>
        <source>Folder of the run. A double click or Enter opens it, F2 renames it.</source>
        <translation>Ordner des Laufs. Doppelklick oder Eingabe öffnet ihn, F2 benennt ihn um.</translation>
    </message>
    <message>
        <source>Data set.</source>
        <translation>Datensatz.</translation>
    </message>
    <message>
        <source>Metric loss.</source>
        <translation>Metrikverlust.</translation>
    </message>
    <message>
        <source>Area under the ROC curve, of its own held-out pairs.</source>
        <translation>Fläche unter der ROC-Kurve, seiner eigenen zurückgehaltenen Paare.</translation>
    </message>
    <message>
        <source>Equal error rate, of its own held-out pairs.</source>
        <translation>Equal Error Rate, seiner eigenen zurückgehaltenen Paare.</translation>
    </message>
    <message>
        <source>TPR 1 %</source>
        <translation>TPR 1 %</translation>
    </message>
    <message>
        <source>Accepted share of genuine pairs where 1 % of the impostor pairs are accepted.</source>
        <translation>Angenommener Anteil echter Paare, wo 1 % der fremden Paare angenommen werden.</translation>
    </message>
    <message>
        <source>state</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>What became of it.</source>
        <translation>Was daraus wurde.</translation>
    </message>
    <message>
        <source>{WARNING_SIGN} damaged</source>
        <translation>{WARNING_SIGN} beschädigt</translation>
    </message>
    <message>
        <source>date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>When it was begun.</source>
        <translation>Wann er begonnen wurde.</translation>
    </message>
    <message>
        <source>Network below the heads.</source>
        <translation>Netz unter den Köpfen.</translation>
    </message>
    <message>
        <source>Epoch it came to, of those planned.</source>
        <translation>Epoche, bis zu der er kam, von den geplanten.</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Training steps done.</source>
        <translation>Getane Trainingsschritte.</translation>
    </message>
    <message>
        <source>What you say of it; kept in its folder. {EDITED}</source>
        <translation>Was dazu zu sagen ist; liegt in seinem Ordner. {EDITED}</translation>
    </message>
    <message>
        <source>a longer note of some words</source>
        <translation>eine längere Notiz aus einigen Wörtern</translation>
    </message>
    <message>
        <source>step {step}: {genuine} genuine, {impostor} impostor pairs</source>
        <translation>Schritt {step}: {genuine} echte, {impostor} fremde Paare</translation>
    </message>
    <message>
        <source>data content</source>
        <translation>Inhalt der Daten</translation>
    </message>
    <message>
        <source>All settings; live ones as the run was started with.</source>
        <translation>Alle Einstellungen; laufende so, wie der Lauf begonnen wurde.</translation>
    </message>
    <message>
        <source>All {names} settings are the same, and so is the data.</source>
        <translation>Alle {names} Einstellungen sind gleich, und ebenso die Daten.</translation>
    </message>
    <message>
        <source>; the data is the same</source>
        <translation>; die Daten sind dieselben</translation>
    </message>
    <message>
        <source>{differing} of {names} settings differ, as the runs were started{same_data}.</source>
        <translation>{differing} von {names} Einstellungen unterscheiden sich, wie die Läufe begonnen wurden{same_data}.</translation>
    </message>
    <message>
        <source>settings of the chosen runs</source>
        <translation>Einstellungen der gewählten Läufe</translation>
    </message>
    <message>
        <source>setting</source>
        <translation>Einstellung</translation>
    </message>
    <message>
        <source>runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Sort by {title}</source>
        <translation>Nach {title} sortieren</translation>
    </message>
    <message>
        <source>Every tuple of the batch that still costs something. The calmest choice; late in training few count.</source>
        <translation>Jedes Tupel des Stapels, das noch etwas kostet. Die ruhigste Wahl; spät im Training zählen wenige.</translation>
    </message>
    <message>
        <source>Triplets whose negative is farther than the positive, but by no more than the margin. The usual choice: strong enough to learn from, mild enough not to collapse.</source>
        <translation>Triplets, deren Negatives ferner ist als das Positive, aber um nicht mehr als den Abstand. Die übliche Wahl: stark genug zum Lernen, mild genug, um nicht zusammenzufallen.</translation>
    </message>
    <message>
        <source>Each anchor-positive pair with its closest negative. Learns fine differences; wrong labels hurt, and a fresh network may collapse.</source>
        <translation>Jedes Anker-Positiv-Paar mit seinem nächsten Negativen. Lernt feine Unterschiede; falsche Klassen schaden, und ein frisches Netz kann zusammenfallen.</translation>
    </message>
    <message>
        <source>Each anchor with its farthest positive and closest negative. The strongest pull; choose it when semi-hard finds hardly any active triplets.</source>
        <translation>Jeder Anker mit seinem fernsten Positiven und nächsten Negativen. Der stärkste Zug; zu wählen, wenn halbschwer kaum noch aktive Triplets findet.</translation>
    </message>
    <message>
        <source>Each anchor-positive pair with one random negative. A baseline to compare with.</source>
        <translation>Jedes Anker-Positiv-Paar mit einem zufälligen Negativen. Ein Maßstab zum Vergleichen.</translation>
    </message>
    <message>
        <source>Each anchor-positive pair with one negative, drawn so that near and far ones come equally often. Choose it when hard negatives are too noisy and random ones too easy.</source>
        <translation>Jedes Anker-Positiv-Paar mit einem Negativen, so gezogen, dass nahe und ferne gleich oft kommen. Zu wählen, wenn schwere Negative zu verrauscht und zufällige zu leicht sind.</translation>
    </message>
    <message>
        <source>Each anchor with its closest positive only. Leaves a class room to spread: choose it for classes that look different inside, or for unseen classes.</source>
        <translation>Jeder Anker nur mit seinem nächsten Positiven. Lässt einer Klasse Raum: für Klassen, die innen verschieden aussehen, oder für ungesehene Klassen.</translation>
    </message>
    <message>
        <source>images gathered from the decoded data, as far as the device waited for them</source>
        <translation>Bilder aus den dekodierten Daten gesammelt, soweit das Gerät darauf wartete</translation>
    </message>
    <message>
        <source>images moved to the device and made numbers</source>
        <translation>Bilder auf das Gerät gebracht und zu Zahlen gemacht</translation>
    </message>
    <message>
        <source>images shifted, turned and recoloured</source>
        <translation>Bilder verschoben, gedreht und umgefärbt</translation>
    </message>
    <message>
        <source>the network&apos;s way there</source>
        <translation>der Weg des Netzes hin</translation>
    </message>
    <message>
        <source>the tasks&apos; losses, mining and figures of the batch</source>
        <translation>Verluste der Aufgaben, Mining und Größen des Stapels</translation>
    </message>
    <message>
        <source>the network&apos;s way back</source>
        <translation>der Weg des Netzes zurück</translation>
    </message>
    <message>
        <source>the change of the weights</source>
        <translation>die Änderung der Gewichte</translation>
    </message>
    <message>
        <source>looks at the probe set, a step&apos;s share of them</source>
        <translation>Blicke auf die Stichprobe, der Anteil eines Schritts</translation>
    </message>
    <message>
        <source>copy</source>
        <translation>Kopie</translation>
    </message>
    <message>
        <source>forward</source>
        <translation>vorwärts</translation>
    </message>
    <message>
        <source>backward</source>
        <translation>rückwärts</translation>
    </message>
    <message>
        <source>optimizer</source>
        <translation>Optimierer</translation>
    </message>
    <message>
        <source>probe</source>
        <translation>Blicke</translation>
    </message>
    <message>
        <source>where a step&apos;s time goes</source>
        <translation>wohin die Zeit eines Schritts geht</translation>
    </message>
    <message>
        <source> {value:.1f} ms a step</source>
        <translation> {value:.1f} ms je Schritt</translation>
    </message>
    <message>
        <source>Where the time of a step goes, a mean over the last steps. Where data or copy are large, the device waits for images; where the rest is, a smaller image or backbone helps.&lt;table&gt;{rows}&lt;/table&gt;</source>
        <translation>Wohin die Zeit eines Schritts geht, im Mittel der letzten Schritte. Sind Daten oder Kopie groß, wartet das Gerät auf Bilder; ist es der Rest, hilft ein kleineres Bild oder Backbone.&lt;table&gt;{rows}&lt;/table&gt;</translation>
    </message>
    <message>
        <source>{value:.2f} ms · {share:.1f} %</source>
        <translation>{value:.2f} ms · {share:.1f} %</translation>
    </message>
    <message>
        <source>Target FPR: the share of impostor pairs you can bear to accept, typed or chosen. The threshold follows it while the model changes; moving the threshold by hand ends that. EER holds equal error rates.</source>
        <translation>Ziel-FPR: der Anteil fremder Paare, dessen Annahme erträglich ist, getippt oder gewählt. Die Schwelle folgt ihr, während sich das Modell ändert; die Schwelle von Hand zu bewegen beendet das. EER hält gleiche Fehlerraten.</translation>
    </message>
    <message>
        <source>line</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>Line of the pairs file.</source>
        <translation>Zeile der Paardatei.</translation>
    </message>
    <message>
        <source>The one image. Double click or Enter opens the pair in Verify.</source>
        <translation>Das eine Bild. Doppelklick oder Eingabe öffnet das Paar in Prüfen.</translation>
    </message>
    <message>
        <source>The other image. Double click or Enter opens the pair in Verify.</source>
        <translation>Das andere Bild. Doppelklick oder Eingabe öffnet das Paar in Prüfen.</translation>
    </message>
    <message>
        <source>Between the embeddings of the two; smaller is more alike.</source>
        <translation>Zwischen den Embeddings der beiden; kleiner ist ähnlicher.</translation>
    </message>
    <message>
        <source>Same where the distance is at most the window&apos;s threshold; moving that judges anew at once.
✓ and ✗: whether that is what the pairs file says in its column same.</source>
        <translation>Gleich, wo die Distanz höchstens die Schwelle des Fensters ist; sie zu bewegen urteilt sofort neu.
✓ und ✗: ob die Paardatei das in ihrer Spalte same sagt.</translation>
    </message>
    <message>
        <source>not readable</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>not looked at</source>
        <translation>nicht angesehen</translation>
    </message>
    <message>
        <source>Drop a folder, two folders or a pairs file here: a verdict on every pair will stand in a table.

A folder gives every pair of its images. A pairs file is a CSV with the columns image_a, image_b and, where it is known, same (1 or 0); its paths are relative to the file.</source>
        <translation>Einen Ordner, zwei Ordner oder eine Paardatei hier ablegen: Das Urteil über jedes Paar steht dann in einer Tabelle.

Ein Ordner ergibt jedes Paar seiner Bilder. Eine Paardatei ist eine CSV-Datei mit den Spalten image_a, image_b und, wo es bekannt ist, same (1 oder 0); ihre Pfade sind relativ zur Datei.</translation>
    </message>
    <message>
        <source>matching names</source>
        <translation>gleiche Namen</translation>
    </message>
    <message>
        <source>each image of the one with that of the other that has its name.</source>
        <translation>jedes Bild des einen mit dem des anderen, das seinen Namen hat.</translation>
    </message>
    <message>
        <source>every pair</source>
        <translation>jedes Paar</translation>
    </message>
    <message>
        <source>each image of the one with each of the other.</source>
        <translation>jedes Bild des einen mit jedem des anderen.</translation>
    </message>
    <message>
        <source>Folder …</source>
        <translation>Ordner …</translation>
    </message>
    <message>
        <source>Judge every pair of a folder&apos;s images.</source>
        <translation>Jedes Paar der Bilder eines Ordners beurteilen.</translation>
    </message>
    <message>
        <source>Pairs file …</source>
        <translation>Paardatei …</translation>
    </message>
    <message>
        <source>Judge the pairs of a CSV file: image_a, image_b and maybe same.</source>
        <translation>Die Paare einer CSV-Datei beurteilen: image_a, image_b und vielleicht same.</translation>
    </message>
    <message>
        <source>Two folders …</source>
        <translation>Zwei Ordner …</translation>
    </message>
    <message>
        <source>Judge pairs of an image of one folder and one of another.</source>
        <translation>Paare aus einem Bild des einen und einem des anderen Ordners beurteilen.</translation>
    </message>
    <message>
        <source>pairs of two folders</source>
        <translation>Paare zweier Ordner</translation>
    </message>
    <message>
        <source>Which images of two folders make a pair.</source>
        <translation>Welche Bilder zweier Ordner ein Paar ergeben.</translation>
    </message>
    <message>
        <source>by</source>
        <translation>mit</translation>
    </message>
    <message>
        <source>Pairs (*.csv);;All files (*)</source>
        <translation>Paare (*.csv);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Choose a file of pairs</source>
        <translation>Datei mit Paaren wählen</translation>
    </message>
    <message>
        <source>Choose the first of two folders</source>
        <translation>Den ersten von zwei Ordnern wählen</translation>
    </message>
    <message>
        <source>Choose the second of two folders</source>
        <translation>Den zweiten von zwei Ordnern wählen</translation>
    </message>
    <message>
        <source>drop a folder or a file of pairs</source>
        <translation>Ordner oder Datei mit Paaren ablegen</translation>
    </message>
    <message>
        <source>verdicts on pairs</source>
        <translation>Urteile über Paare</translation>
    </message>
    <message>
        <source>Looked at</source>
        <translation>Angesehen</translation>
    </message>
    <message>
        <source>The pairs that were looked at in Verify, with notes.</source>
        <translation>Die Paare, die in Prüfen angesehen wurden, mit Notizen.</translation>
    </message>
    <message>
        <source>Many at once</source>
        <translation>Viele auf einmal</translation>
    </message>
    <message>
        <source>A verdict on every pair of a folder, of two folders, or of a pairs file.</source>
        <translation>Ein Urteil über jedes Paar eines Ordners, zweier Ordner oder einer Paarliste.</translation>
    </message>
    <message>
        <source>same</source>
        <translation>gleich</translation>
    </message>
    <message>
        <source>pairs that are accepted.</source>
        <translation>Paare, die angenommen werden.</translation>
    </message>
    <message>
        <source>different</source>
        <translation>verschieden</translation>
    </message>
    <message>
        <source>pairs that are rejected.</source>
        <translation>Paare, die abgelehnt werden.</translation>
    </message>
    <message>
        <source>not as listed</source>
        <translation>nicht wie aufgeführt</translation>
    </message>
    <message>
        <source>pairs whose verdict is another than the pairs file says.</source>
        <translation>Paare, deren Urteil ein anderes ist, als die Paardatei sagt.</translation>
    </message>
    <message>
        <source>pairs with an image that could not be read; the verdict&apos;s tooltip says why.</source>
        <translation>Paare mit einem unlesbaren Bild; der Tooltip des Urteils sagt, warum.</translation>
    </message>
    <message>
        <source>pairs that were left when the work was cancelled.</source>
        <translation>Paare, die übrig waren, als abgebrochen wurde.</translation>
    </message>
    <message>
        <source>There is no threshold yet, so there are distances and no verdicts.</source>
        <translation>Noch keine Schwelle, daher Distanzen und keine Urteile.</translation>
    </message>
    <message>
        <source>End this now; the verdicts on pairs that are done are kept.</source>
        <translation>Jetzt beenden; die Urteile über fertige Paare bleiben.</translation>
    </message>
    <message>
        <source>pairs shown</source>
        <translation>gezeigte Paare</translation>
    </message>
    <message>
        <source>Which pairs the table shows.</source>
        <translation>Welche Paare die Tabelle zeigt.</translation>
    </message>
    <message>
        <source>Judge again</source>
        <translation>Neu beurteilen</translation>
    </message>
    <message>
        <source>CSV …</source>
        <translation>CSV …</translation>
    </message>
    <message>
        <source>JSON …</source>
        <translation>JSON …</translation>
    </message>
    <message>
        <source>step {step} · {distance}</source>
        <translation>Schritt {step} · {distance}</translation>
    </message>
    <message>
        <source>Export the verdicts as {upper}</source>
        <translation>Urteile als {upper} exportieren</translation>
    </message>
    <message>
        <source>Which weights looked at the images, and by which distance.</source>
        <translation>Welche Gewichte die Bilder ansahen, und mit welcher Distanz.</translation>
    </message>
    <message>
        <source>Judge the same pairs with the newest weights, by the window&apos;s distance.</source>
        <translation>Dieselben Paare mit den neuesten Gewichten beurteilen, mit der Distanz des Fensters.</translation>
    </message>
    <message>
        <source>export the verdicts as {upper}</source>
        <translation>Urteile als {upper} exportieren</translation>
    </message>
    <message>
        <source>Write all pairs with distance, verdict and probability as a {upper} file.</source>
        <translation>Alle Paare mit Distanz, Urteil und Wahrscheinlichkeit in eine {upper}-Datei schreiben.</translation>
    </message>
    <message>
        <source>show</source>
        <translation>zeigen</translation>
    </message>
    <message>
        <source>export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>{pairs} at {threshold}: {same} same</source>
        <translation>{pairs} bei {threshold}: {same} gleich</translation>
    </message>
    <message>
        <source>{different} different</source>
        <translation>{different} verschieden</translation>
    </message>
    <message>
        <source>{unreadable} not readable</source>
        <translation>{unreadable} nicht lesbar</translation>
    </message>
    <message>
        <source>{unseen} not looked at</source>
        <translation>{unseen} nicht angesehen</translation>
    </message>
    <message>
        <source>{name} {share} ({part} of {whole})</source>
        <translation>{name} {share} ({part} von {whole})</translation>
    </message>
    <message>
        <source>Drop two images above: the model says whether they show the same class.</source>
        <translation>Oben zwei Bilder ablegen: Das Modell sagt, ob sie dieselbe Klasse zeigen.</translation>
    </message>
    <message>
        <source>comparing…</source>
        <translation>Vergleichen …</translation>
    </message>
    <message>
        <source>There is no image yet.</source>
        <translation>Noch kein Bild.</translation>
    </message>
    <message>
        <source>No masks were predicted: the model was trained without, or there is no verdict yet.</source>
        <translation>Keine Masken vorhergesagt: Das Modell wurde ohne trainiert, oder es gibt noch kein Urteil.</translation>
    </message>
    <message>
        <source>Lay the predicted masks over the images. Untick to see the images alone.</source>
        <translation>Die vorhergesagten Masken über die Bilder legen. Abwählen, um die Bilder allein zu sehen.</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>Where the distance lies among known pairs, how probable it is, and whose threshold decides.</source>
        <translation>Wo die Distanz unter bekannten Paaren liegt, wie wahrscheinlich sie ist, und wessen Schwelle entscheidet.</translation>
    </message>
    <message>
        <source>Neighbours</source>
        <translation>Nachbarn</translation>
    </message>
    <message>
        <source>The training images nearest to each of the two.</source>
        <translation>Die Trainingsbilder, die jedem der beiden am nächsten sind.</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Which regions made the two alike, and what the verdict is without the background.</source>
        <translation>Welche Bereiche die beiden ähnlich machten, und wie das Urteil ohne den Hintergrund lautet.</translation>
    </message>
    <message>
        <source>Masks</source>
        <translation>Masken</translation>
    </message>
    <message>
        <source>{name} the two images</source>
        <translation>{name} die beiden Bilder</translation>
    </message>
    <message>
        <source>what is said of the pair</source>
        <translation>was über das Paar gesagt wird</translation>
    </message>
    <message>
        <source>show the predicted masks</source>
        <translation>die vorhergesagten Masken zeigen</translation>
    </message>
    <message>
        <source>Exchange A and B.</source>
        <translation>A und B vertauschen.</translation>
    </message>
    <message>
        <source>Empty both slots.</source>
        <translation>Beide Felder leeren.</translation>
    </message>
    <message>
        <source>Now an image for {missing}.</source>
        <translation>Nun ein Bild für {missing}.</translation>
    </message>
    <message>
        <source>The training images of the newest look at the model that lie nearest in the space of embeddings, by the distance in use. One of another class than the image is taken for has ≠ before its distance. A click selects it on the map.</source>
        <translation>Die Trainingsbilder des neuesten Blicks auf das Modell, die im Raum der Embeddings am nächsten liegen, mit der benutzten Distanz. Eines aus einer anderen Klasse als der, für die das Bild gehalten wird, hat ≠ vor der Distanz. Ein Klick wählt es auf der Karte aus.</translation>
    </message>
    <message>
        <source>{} files at once; drop one image, or two to fill both slots. Verdicts takes many.</source>
        <translation>{} Dateien auf einmal; ein Bild ablegen, oder zwei für beide Felder. Urteile nimmt viele.</translation>
    </message>
    <message>
        <source>The class the model takes image {name} for, with its confidence.</source>
        <translation>Die Klasse, für die das Modell Bild {name} hält, mit seiner Sicherheit.</translation>
    </message>
    <message>
        <source>How often pairs of the held-out images at this distance show one class, both kinds of pairs being as frequent. Evaluation says how far it can be believed, and chooses between the two calibrations.</source>
        <translation>Wie oft Paare zurückgehaltener Bilder mit dieser Distanz eine Klasse zeigen, wenn beide Arten von Paaren gleich häufig sind. Auswertung sagt, wie weit dem zu glauben ist, und wählt zwischen den beiden Kalibrierungen.</translation>
    </message>
    <message>
        <source>Shares of the held-out genuine (TPR) and impostor pairs (FPR) that are accepted at this threshold; with 20 or more held-out identities, of those that the threshold was not chosen on.</source>
        <translation>Anteile der zurückgehaltenen echten (TPR) und fremden Paare (FPR), die bei dieser Schwelle angenommen werden; ab 20 zurückgehaltenen Identitäten derer, an denen die Schwelle nicht gewählt wurde.</translation>
    </message>
    <message>
        <source>Which weights made this verdict; while training goes on, newer ones come.</source>
        <translation>Welche Gewichte dieses Urteil fällten; während des Trainings kommen neuere.</translation>
    </message>
    <message>
        <source>Who chose the threshold, on which of the held-out images, by which rule, and at which step. Move it in the ROC panel.</source>
        <translation>Wer die Schwelle gewählt hat, an welchen der zurückgehaltenen Bilder, nach welcher Regel und bei welchem Schritt. Im ROC-Panel zu bewegen.</translation>
    </message>
    <message>
        <source>weights: step {step}</source>
        <translation>Gewichte: Schritt {step}</translation>
    </message>
    <message>
        <source>same with probability {probability}{method}</source>
        <translation>gleich zu {probability}{method}</translation>
    </message>
    <message>
        <source>threshold chosen by hand (step {step})</source>
        <translation>Schwelle von Hand gewählt (Schritt {step})</translation>
    </message>
    <message>
        <source>held-out images</source>
        <translation>Zurückgehaltenen</translation>
    </message>
    <message>
        <source>default threshold,</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>threshold chosen</source>
        <translation>Schwelle gewählt</translation>
    </message>
    <message>
        <source>{origin} on {where} at {rule} (step {step})</source>
        <translation>{origin}: {rule} an {where} (Schritt {step})</translation>
    </message>
    <message>
        <source>{others} other identities</source>
        <translation>{others} anderen Identitäten</translation>
    </message>
    <message>
        <source>expected of {of_whom}: TPR {tpr} · FPR {fpr}</source>
        <translation>bei {of_whom}: TPR {tpr} · FPR {fpr}</translation>
    </message>
    <message>
        <source>There is no training image in the probe set.</source>
        <translation>In der Stichprobe ist kein Trainingsbild.</translation>
    </message>
    <message>
        <source>nearest of the {searched} training images in the probe set</source>
        <translation>nächste der {searched} Trainingsbilder in der Stichprobe</translation>
    </message>
    <message>
        <source>{images}, of step {step}</source>
        <translation>{images}, von Schritt {step}</translation>
    </message>
    <message>
        <source>unlike all training images: farther than all of them</source>
        <translation>anders als alle Trainingsbilder: weiter weg als alle</translation>
    </message>
    <message>
        <source>unlike all training images: farther than {share} of them</source>
        <translation>anders als alle Trainingsbilder: ferner als {share} von ihnen</translation>
    </message>
    <message>
        <source>looking which regions made them alike …</source>
        <translation>welche Bereiche sie ähnlich machten, wird angesehen …</translation>
    </message>
    <message>
        <source>The similarity of the two images is, exactly, the mean over the regions of one of them of each region&apos;s own similarity to the other, since the embedding is a linear map of the network&apos;s last feature map. No gradients are involved. The maps tell where features were found; a region&apos;s features may have looked around it. After Stylianou, Souvenir and Pless, Visualizing Deep Similarity Networks, 2019.</source>
        <translation>Die Ähnlichkeit der beiden Bilder ist, genau, das Mittel über die Bereiche des einen aus der Ähnlichkeit jedes Bereichs zum anderen, da das Embedding eine lineare Abbildung der letzten Merkmalskarte des Netzes ist. Gradienten sind nicht beteiligt. Die Karten sagen, wo Merkmale gefunden wurden; die Merkmale eines Bereichs haben vielleicht um ihn herumgesehen. Nach Stylianou, Souvenir und Pless, Visualizing Deep Similarity Networks, 2019.</translation>
    </message>
    <message>
        <source>Show what the model saw in the second comparison: everything outside the predicted masks painted over. If the verdict changes without the background, it was the background that decided.</source>
        <translation>Zeigen, was das Modell im zweiten Vergleich sah: alles außerhalb der vorhergesagten Masken übermalt. Ändert sich das Urteil ohne den Hintergrund, so hat der Hintergrund entschieden.</translation>
    </message>
    <message>
        <source>Hide background</source>
        <translation>Hintergrund verbergen</translation>
    </message>
    <message>
        <source>hide the background outside the predicted masks</source>
        <translation>den Hintergrund außerhalb der vorhergesagten Masken verbergen</translation>
    </message>
    <message>
        <source>{regions} × {regions} regions</source>
        <translation>{regions} × {regions} Bereiche</translation>
    </message>
    <message>
        <source>{method}, {regions}, mean {similarity:.3f}</source>
        <translation>{method}, {regions}, Mittel {similarity:.3f}</translation>
    </message>
    <message>
        <source>SAME</source>
        <translation>GLEICH</translation>
    </message>
    <message>
        <source>DIFFERENT</source>
        <translation>VERSCHIEDEN</translation>
    </message>
    <message>
        <source>{words}, still {before}</source>
        <translation>{words}, noch {before}</translation>
    </message>
    <message>
        <source>same with probability {before} → {probability}</source>
        <translation>gleich zu {before} → {probability}</translation>
    </message>
    <message>
        <source>Settings are not kept: {file} cannot be written</source>
        <translation>Einstellungen werden nicht behalten: {file} ist nicht schreibbar</translation>
    </message>
    <message>
        <source>Settings of an older version were taken over; {kind}</source>
        <translation>Einstellungen einer älteren Version wurden übernommen; {kind}</translation>
    </message>
    <message>
        <source>are damaged</source>
        <translation>sind beschädigt</translation>
    </message>
    <message>
        <source>are of a newer version ({NUMBER})</source>
        <translation>sind von einer neueren Version ({NUMBER})</translation>
    </message>
    <message>
        <source>The settings {rule}, so the defaults are used; {kind}</source>
        <translation>Die Einstellungen {rule}, also gelten die Standardwerte; {kind}</translation>
    </message>
    <message>
        <source>there is no file to keep a copy of</source>
        <translation>es gibt keine Datei für eine Kopie</translation>
    </message>
    <message>
        <source>a copy could not be kept ({strerror})</source>
        <translation>eine Kopie konnte nicht aufbewahrt werden ({strerror})</translation>
    </message>
    <message>
        <source>a copy is kept as {copy}</source>
        <translation>eine Kopie liegt in {copy}</translation>
    </message>
    <message>
        <source> of {held_out_total}</source>
        <translation> von {held_out_total}</translation>
    </message>
    <message>
        <source>as of </source>
        <translation>Stand </translation>
    </message>
    <message>
        <source> ({excluded} excluded)</source>
        <translation> ({excluded} ausgeschlossen)</translation>
    </message>
    <message>
        <source>{older}step {step} · held-out, {images} images{left_out} · {kind}</source>
        <translation>{older}Schritt {step} · {images} zurückgehaltene{left_out} · {kind}</translation>
    </message>
    <message>
        <source>Train a first model</source>
        <translation>Ein erstes Modell trainieren</translation>
    </message>
    <message>
        <source>Start trains with the settings at the left. The built-in digits are chosen: a small network learns in about a minute to put images of one digit close together.</source>
        <translation>Start trainiert mit den Einstellungen links. Gewählt sind die eingebauten Ziffern: Ein kleines Netz lernt in etwa einer Minute, Bilder einer Ziffer nah zusammenzulegen.</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Start the run, as the button in the bar does.</source>
        <translation>Den Lauf starten, wie der Knopf in der Leiste.</translation>
    </message>
    <message>
        <source>Watch it learn</source>
        <translation>Beim Lernen zusehen</translation>
    </message>
    <message>
        <source>On the map every image is a point; those of one class draw together. ROC says how well pairs of held-out images are told apart, and where to draw the line. The run goes on by itself; the tour follows its end.</source>
        <translation>Auf der Karte ist jedes Bild ein Punkt; die einer Klasse ziehen sich zusammen. ROC sagt, wie gut Paare zurückgehaltener Bilder unterschieden werden und wo die Grenze zu ziehen ist. Der Lauf geht von selbst weiter; der Rundgang folgt seinem Ende.</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Go on without waiting for the end of the run.</source>
        <translation>Weitermachen, ohne das Ende des Laufs abzuwarten.</translation>
    </message>
    <message>
        <source>Try it on two images</source>
        <translation>An zwei Bildern versuchen</translation>
    </message>
    <message>
        <source>Drop two images on A and B, your own or points of the map, and the model says whether they show the same. The threshold of ROC decides, here and everywhere.</source>
        <translation>Zwei Bilder auf A und B ablegen, eigene oder Punkte der Karte, und das Modell sagt, ob sie dasselbe zeigen. Die Schwelle von ROC entscheidet, hier und überall.</translation>
    </message>
    <message>
        <source>Try a pair</source>
        <translation>Ein Paar versuchen</translation>
    </message>
    <message>
        <source>Put two held-out images of one class into the slots.</source>
        <translation>Zwei zurückgehaltene Bilder einer Klasse auf die Felder legen.</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>End the tour. Help &gt; Tour begins it again.</source>
        <translation>Rundgang beenden. Hilfe &gt; Rundgang beginnt ihn wieder.</translation>
    </message>
    <message>
        <source>{place} of {count}</source>
        <translation>{place} von {count}</translation>
    </message>
    <message>
        <source>Tour</source>
        <translation>Rundgang</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Überspringen</translation>
    </message>
    <message>
        <source>End the tour (Esc). Help &gt; Tour begins it again.</source>
        <translation>Rundgang beenden (Esc). Hilfe &gt; Rundgang beginnt ihn wieder.</translation>
    </message>
    <message>
        <source>{accessibleName} takes one of {values}, found {value!r}</source>
        <translation>{accessibleName} nimmt eines von {values}, gefunden: {value!r}</translation>
    </message>
    <message>
        <source>{name}, from {ends} to {ends_2}</source>
        <translation>{name}, von {ends} bis {ends_2}</translation>
    </message>
    <message>
        <source>Copy all</source>
        <translation>Alle kopieren</translation>
    </message>
    <message>
        <source>genuine and impostor pairs come with the first curve</source>
        <translation>echte und fremde Paare kommen mit der ersten Kurve</translation>
    </message>
    <message>
        <source>The triangle is this pair, the upright line the threshold: pairs left of it are accepted as the same. The hills are the distances of the held-out genuine (solid) and impostor pairs (dashed), each with an area of 1.</source>
        <translation>Das Dreieck ist dieses Paar, die senkrechte Linie die Schwelle: Paare links von ihr gelten als gleich. Die Hügel sind die Distanzen der zurückgehaltenen echten (durchgezogen) und fremden Paare (gestrichelt), jeder mit der Fläche 1.</translation>
    </message>
    <message>
        <source>distance {shown} and threshold {shown_2} among the distances of known pairs</source>
        <translation>Distanz {shown} und Schwelle {shown_2} unter den Distanzen bekannter Paare</translation>
    </message>
    <message>
        <source>value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>What was measured; each row says in its tooltip what it means.</source>
        <translation>Was gemessen wurde; der Tooltip jeder Zeile sagt, was sie bedeutet.</translation>
    </message>
    <message>
        <source>Of these images.</source>
        <translation>Dieser Bilder.</translation>
    </message>
    <message>
        <source>Between these limits lies what other images of as many identities would have shown, in 95 of 100 cases.</source>
        <translation>Zwischen diesen Grenzen liegt, was andere Bilder von ebenso vielen Identitäten gezeigt hätten, in 95 von 100 Fällen.</translation>
    </message>
    <message>
        <source>Why a figure is missing, or what to know before relying on it.</source>
        <translation>Warum eine Größe fehlt, oder was zu wissen ist, bevor man sich auf sie verlässt.</translation>
    </message>
    <message>
        <source>group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>held them apart</source>
        <translation>hielten sie auseinander</translation>
    </message>
    <message>
        <source>made them alike</source>
        <translation>machten sie ähnlich</translation>
    </message>
    <message>
        <source>Full teal regions brought the two images together, striped orange ones held them apart; the fuller the colour, the larger the share. What is clear had no say. Both images have the same scale.</source>
        <translation>Volle türkise Bereiche brachten die beiden Bilder zusammen, gestreifte orange hielten sie auseinander; je voller die Farbe, desto größer der Anteil. Was klar ist, hatte nichts zu sagen. Beide Bilder haben denselben Maßstab.</translation>
    </message>
    <message>
        <source>heat map: striped orange {APART}, plain teal {ALIKE}</source>
        <translation>Wärmekarte: gestreift orange {APART}, schlicht türkis {ALIKE}</translation>
    </message>
    <message>
        <source>Image of the point below the mouse</source>
        <translation>Bild des Punktes unter der Maus</translation>
    </message>
    <message>
        <source>pasted</source>
        <translation>eingefügt</translation>
    </message>
    <message>
        <source>dropped</source>
        <translation>abgelegt</translation>
    </message>
    <message>
        <source>There is no image in what was {done}; an image or an image file is needed.</source>
        <translation>Kein Bild darin ({done}); ein Bild oder eine Bilddatei ist nötig.</translation>
    </message>
    <message>
        <source>The image data in what was {done} cannot be read; save the image as a file and choose that.</source>
        <translation>Die Bilddaten darin ({done}) sind nicht lesbar; das Bild als Datei speichern und diese wählen.</translation>
    </message>
    <message>
        <source>What was {done} is an address of the web: only files and image data are taken, nothing is downloaded.</source>
        <translation>Was da kam ({done}), ist eine Adresse im Netz: Nur Dateien und Bilddaten werden genommen, nichts wird heruntergeladen.</translation>
    </message>
    <message>
        <source>Image {name}</source>
        <translation>Bild {name}</translation>
    </message>
    <message>
        <source>Choose image…</source>
        <translation>Bild wählen…</translation>
    </message>
    <message>
        <source>Paste image</source>
        <translation>Bild einfügen</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>Image {name}: {state}</source>
        <translation>Bild {name}: {state}</translation>
    </message>
    <message>
        <source>Drop an image or an image file here, paste one with Ctrl+V, or click to choose; Delete clears.</source>
        <translation>Ein Bild oder eine Bilddatei hier ablegen, mit Strg+V einfügen oder zum Wählen klicken; Entf leert.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Meldung</translation>
    </message>
    <message>
        <source>When it was said.</source>
        <translation>Wann es gesagt wurde.</translation>
    </message>
    <message>
        <source>A problem, or a note on what was done.</source>
        <translation>Ein Problem oder eine Notiz zu dem, was getan wurde.</translation>
    </message>
    <message>
        <source>What was said, the newest at the end.</source>
        <translation>Was gesagt wurde, das Neueste am Ende.</translation>
    </message>
    <message>
        <source>problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>{message} ({times} times)</source>
        <translation>{message} ({times}-mal)</translation>
    </message>
    <message>
        <source>{names}: {count} images.
{doing}</source>
        <translation>{names}: {count} Bilder.
{doing}</translation>
    </message>
    <message>
        <source>{names}, {count} images</source>
        <translation>{names}, {count} Bilder</translation>
    </message>
    <message>
        <source>Click to hide or show it.</source>
        <translation>Klicken blendet sie aus oder ein.</translation>
    </message>
    <message>
        <source>show {label}</source>
        <translation>{label} zeigen</translation>
    </message>
    <message>
        <source>a long curve has a linear x axis, found a logarithmic one</source>
        <translation>eine lange Kurve hat eine lineare x-Achse, gefunden: eine logarithmische</translation>
    </message>
    <message>
        <source>{count} of {total} images of {names}</source>
        <translation>{count} von {total} Bildern von {names}</translation>
    </message>
    <message>
        <source>{of_all} are recognised{share}</source>
        <translation>{of_all} werden erkannt{share}</translation>
    </message>
    <message>
        <source>{of_all} are taken for {names}{share}</source>
        <translation>{of_all} werden für {names} gehalten{share}</translation>
    </message>
    <message>
        <source>another name for {data}</source>
        <translation>anderer Name für {data}</translation>
    </message>
    <message>
        <source>A click shows its neighbours; drag it to compare it with another image.</source>
        <translation>Ein Klick zeigt seine Nachbarn; ziehen vergleicht es mit einem anderen Bild.</translation>
    </message>
    <message>
        <source>{name}
class {class_name}
{note}</source>
        <translation>{name}
Klasse {class_name}
{note}</translation>
    </message>
    <message>
        <source>same class</source>
        <translation>dieselbe Klasse</translation>
    </message>
    <message>
        <source>another class</source>
        <translation>andere Klasse</translation>
    </message>
    <message>
        <source>{name}
class {class_name}, {kind}
distance {distance}</source>
        <translation>{name}
Klasse {class_name}, {kind}
Distanz {distance}</translation>
    </message>
    <message>
        <source>Neighbours: {current}</source>
        <translation>Nachbarn: {current}</translation>
    </message>
    <message>
        <source>Dismiss the warning</source>
        <translation>Warnung schließen</translation>
    </message>
    <message>
        <source>Put this away; it stays in the messages, and its mark on the curves.</source>
        <translation>Weglegen; es bleibt in den Meldungen, und seine Marke in den Kurven.</translation>
    </message>
    <message>
        <source>{wanted}, found {strip!r}</source>
        <translation>{wanted}, gefunden: {strip!r}</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>eine ganze Zahl</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <source>takes {kind}</source>
        <translation>nimmt {kind}</translation>
    </message>
    <message>
        <source>takes {kind} from {minimum} to {maximum}</source>
        <translation>nimmt {kind} von {minimum} bis {maximum}</translation>
    </message>
    <message>
        <source>Put this line away. The log keeps what happened.</source>
        <translation>Diese Zeile weglegen. Das Log behält, was geschah.</translation>
    </message>
    <message>
        <source>choose or drop a file</source>
        <translation>Datei wählen oder ablegen</translation>
    </message>
    <message>
        <source>choose or drop a folder</source>
        <translation>Ordner wählen, ablegen</translation>
    </message>
    <message>
        <source>Choose {name}</source>
        <translation>{name} wählen</translation>
    </message>
    <message>
        <source>Choose {name}.</source>
        <translation>{name} wählen.</translation>
    </message>
    <message>
        <source>{name}: a plot is saved as .png, .svg, .csv or .json, found {suffix!r}</source>
        <translation>{name}: ein Diagramm wird als .png, .svg, .csv oder .json gespeichert, gefunden: {suffix!r}</translation>
    </message>
    <message>
        <source>{path}: the plot cannot be saved ({strerror})</source>
        <translation>{path}: das Diagramm lässt sich nicht speichern ({strerror})</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>Export as {upper}…</source>
        <translation>Als {upper} exportieren…</translation>
    </message>
    <message>
        <source>Export the plot as {upper}</source>
        <translation>Diagramm als {upper} exportieren</translation>
    </message>
    <message>
        <source>no run is training</source>
        <translation>kein Lauf trainiert</translation>
    </message>
    <message>
        <source>the window is still loading</source>
        <translation>das Fenster lädt noch</translation>
    </message>
    <message>
        <source>the run is being prepared</source>
        <translation>der Lauf wird vorbereitet</translation>
    </message>
    <message>
        <source>a run is training</source>
        <translation>ein Lauf trainiert</translation>
    </message>
    <message>
        <source>the run is paused</source>
        <translation>der Lauf ist pausiert</translation>
    </message>
    <message>
        <source>the run is ending</source>
        <translation>der Lauf endet gerade</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Train a new run with these settings; the one that is followed goes on by itself</source>
        <translation>Einen neuen Lauf mit diesen Einstellungen trainieren; der, dem gefolgt wird, geht von selbst weiter</translation>
    </message>
    <message>
        <source>Ask the process that trains this run to wait after its present step</source>
        <translation>Den Prozess, der diesen Lauf trainiert, bitten, nach dem jetzigen Schritt zu warten</translation>
    </message>
    <message>
        <source>Ask the process that trains this run to go on</source>
        <translation>Den Prozess, der diesen Lauf trainiert, bitten, weiterzumachen</translation>
    </message>
    <message>
        <source>Ask the process that trains this run to end after its present step; the model is kept</source>
        <translation>Den Prozess, der diesen Lauf trainiert, bitten, nach dem jetzigen Schritt zu enden; das Modell bleibt</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Train a new run with these settings</source>
        <translation>Einen neuen Lauf mit diesen Einstellungen trainieren</translation>
    </message>
    <message>
        <source>Wait after the present step; Continue goes on from it</source>
        <translation>Nach dem jetzigen Schritt warten; Weiter geht von dort weiter</translation>
    </message>
    <message>
        <source>End after the present step; the model is kept</source>
        <translation>Nach dem jetzigen Schritt enden; das Modell bleibt</translation>
    </message>
    <message>
        <source>Not now: {WHY_DISABLED}</source>
        <translation>Nicht jetzt: {WHY_DISABLED}</translation>
    </message>
    <message>
        <source>step {step} of {total}</source>
        <translation>Schritt {step} von {total}</translation>
    </message>
    <message>
        <source>epoch {epoch} · {done} · paused</source>
        <translation>Epoche {epoch} · {done} · pausiert</translation>
    </message>
    <message>
        <source>epoch {epoch} · {done} · {speed} images/s · {seconds_left} left</source>
        <translation>Epoche {epoch} · {done} · {speed} Bilder/s · noch {seconds_left}</translation>
    </message>
    <message>
        <source> · {seconds} left</source>
        <translation> · noch {seconds}</translation>
    </message>
    <message>
        <source>{what} {done} of {total}{left}</source>
        <translation>{what} {done} von {total}{left}</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>Fortschritt des Laufs</translation>
    </message>
    <message>
        <source>How much of the run is done.</source>
        <translation>Wie viel des Laufs getan ist.</translation>
    </message>
    <message>
        <source>Find anything that can be done, by its name ({FIND_KEYS})</source>
        <translation>Alles, was getan werden kann, beim Namen finden ({FIND_KEYS})</translation>
    </message>
    <message>
        <source>{entered}: not a run folder, it has no run.json</source>
        <translation>{entered}: kein Lauf-Ordner, er hat keine run.json</translation>
    </message>
    <message>
        <source>{share_at} of {of_what} at {value:.2f}</source>
        <translation>{share_at} der {of_what} bei {value:.2f}</translation>
    </message>
    <message>
        <source>Drop an image here,
paste it, or click</source>
        <translation>Bild hier ablegen,
einfügen oder klicken</translation>
    </message>
    <message>
        <source>reading…</source>
        <translation>liest…</translation>
    </message>
    <message>
        <source>Show all messages so far, with details to copy.</source>
        <translation>Alle bisherigen Meldungen zeigen, mit Einzelheiten zum Kopieren.</translation>
    </message>
    <message>
        <source>{count} unread problem{value}</source>
        <translation>{count} ungelesene Probleme{value}</translation>
    </message>
    <message>
        <source>{WARNING_SIGN} {count}  Log</source>
        <translation>{WARNING_SIGN} {count}  Log</translation>
    </message>
    <message>
        <source>All messages, {problems}</source>
        <translation>Alle Meldungen, {problems}</translation>
    </message>
    <message>
        <source>All messages</source>
        <translation>Alle Meldungen</translation>
    </message>
    <message>
        <source>Threshold: a pair counts as &apos;same&apos; when its distance is at most this. Move it left to let fewer impostor pairs pass, right to reject fewer genuine ones.</source>
        <translation>Schwelle: Ein Paar gilt als „gleich“, wenn seine Distanz höchstens so groß ist. Nach links kommen weniger fremde Paare durch, nach rechts werden weniger echte abgelehnt.</translation>
    </message>
    <message>
        <source>threshold slider</source>
        <translation>Regler der Schwelle</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>{id}
class {class_name}</source>
        <translation>{id}
Klasse {class_name}</translation>
    </message>
    <message>
        <source>{id}, class {class_name}</source>
        <translation>{id}, Klasse {class_name}</translation>
    </message>
    <message>
        <source>Some images of the data set</source>
        <translation>Einige Bilder des Datensatzes</translation>
    </message>
    <message>
        <source>Some images of the data set.</source>
        <translation>Einige Bilder des Datensatzes.</translation>
    </message>
    <message>
        <source>Earlier looks</source>
        <translation>Frühere Blicke</translation>
    </message>
    <message>
        <source>Play how the map came about, from the look that is shown on; at the newest, from the first. A look is shown for {value:.2g} s. Of more than {MOST_PLAYED}, looks are skipped evenly, so that it takes {LONGEST_S} s at most; the slider goes to every one.</source>
        <translation>Abspielen, wie die Karte entstand, vom gezeigten Blick an; beim neuesten vom ersten. Ein Blick wird {value:.2g} s gezeigt. Von mehr als {MOST_PLAYED} werden Blicke gleichmäßig übersprungen, sodass es höchstens {LONGEST_S} s dauert; der Regler erreicht jeden.</translation>
    </message>
    <message>
        <source>Earlier looks at the model; at the right end, the newest. The line in the curves can be dragged to the same end.</source>
        <translation>Frühere Blicke auf das Modell; ganz rechts der neueste. Die Linie in den Kurven lässt sich zum selben Zweck ziehen.</translation>
    </message>
    <message>
        <source>There is one look only so far.</source>
        <translation>Bisher gibt es nur einen Blick.</translation>
    </message>
    <message>
        <source>&apos;Earlier looks&apos; lays out those that are kept with the run.</source>
        <translation>„Frühere Blicke“ zeigt die, die mit dem Lauf aufbewahrt sind.</translation>
    </message>
    <message>
        <source>Lay out the looks that were kept with the run, each going on from the next later one.</source>
        <translation>Die mit dem Lauf aufbewahrten Blicke zeichnen, jeder vom nächsten späteren ausgehend.</translation>
    </message>
    <message>
        <source>Cancel ({done}/{total}{left})</source>
        <translation>Abbrechen ({done}/{total}{left})</translation>
    </message>
    <message>
        <source>Look at the model</source>
        <translation>Blick auf das Modell</translation>
    </message>
    <message>
        <source>Requested: training takes it over before its next step.</source>
        <translation>Angefordert: Das Training übernimmt es vor seinem nächsten Schritt.</translation>
    </message>
    <message>
        <source>requested</source>
        <translation>angefordert</translation>
    </message>
    <message>
        <source>{label} slider</source>
        <translation>Regler {label}</translation>
    </message>
    <message>
        <source>no threshold yet</source>
        <translation>noch keine Schwelle</translation>
    </message>
    <message>
        <source>A pair is accepted as the same when its distance is at most the threshold.</source>
        <translation>Ein Paar gilt als gleich, wenn seine Distanz höchstens die Schwelle ist.</translation>
    </message>
    <message>
        <source>End this now; nothing is kept of it.</source>
        <translation>Jetzt beenden; nichts davon wird behalten.</translation>
    </message>
    <message>
        <source>Progress of the work</source>
        <translation>Fortschritt der Arbeit</translation>
    </message>
    <message>
        <source>working</source>
        <translation>in Arbeit</translation>
    </message>
    <message>
        <source>How much farther a negative must be than a positive before a triplet costs nothing. Raise it when most triplets are inactive; lower it when the loss sits at the margin.</source>
        <translation>Wie viel ferner ein Negatives als ein Positives sein muss, bevor ein Triplet nichts kostet. Größer, wenn die meisten Triplets inaktiv sind; kleiner, wenn der Verlust beim Abstand stehen bleibt.</translation>
    </message>
    <message>
        <source>Weight of the classification loss in the total. 0 leaves the task out.</source>
        <translation>Gewicht des Klassifikationsverlusts in der Summe. 0 lässt die Aufgabe weg.</translation>
    </message>
    <message>
        <source>Weight of the segmentation loss in the total. 0 leaves the task out; without masks it has no effect.</source>
        <translation>Gewicht des Segmentierungsverlusts in der Summe. 0 lässt die Aufgabe weg; ohne Masken hat es keine Wirkung.</translation>
    </message>
    <message>
        <source>Weight of the metric loss in the total. Raise it when classes separate but their embeddings stay mixed.</source>
        <translation>Gewicht des metrischen Verlusts in der Summe. Größer, wenn sich Klassen trennen, ihre Embeddings aber gemischt bleiben.</translation>
    </message>
    <message>
        <source>Peak step size of the optimizer; the schedule, warm-up included, multiplies it. Lower it when the curves jump, raise it when they crawl.</source>
        <translation>Größte Schrittweite des Optimierers; der Plan mit seinem Anlauf multipliziert sie. Kleiner, wenn die Kurven springen, größer, wenn sie kriechen.</translation>
    </message>
    <message>
        <source>temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>Similarities are divided by it before the softmax. Lower it to press on the closest negatives; raise it when the loss jumps or a few wrong labels rule it.</source>
        <translation>Ähnlichkeiten werden vor dem Softmax durch sie geteilt. Kleiner drückt auf die nächsten Negativen; größer, wenn der Verlust springt oder wenige falsche Klassen ihn beherrschen.</translation>
    </message>
    <message>
        <source>scale</source>
        <translation>Faktor</translation>
    </message>
    <message>
        <source>Similarities are multiplied by it before the softmax. Raise it when the loss stays high although classes are told apart; lower it when training is unstable.</source>
        <translation>Ähnlichkeiten werden vor dem Softmax damit multipliziert. Größer, wenn der Verlust hoch bleibt, obwohl Klassen getrennt werden; kleiner, wenn das Training unruhig ist.</translation>
    </message>
    <message>
        <source>Peak step size for the loss&apos;s own class weights, proxies or centres; the schedule multiplies it. Usually 10 to 100 times the learning rate of the network.</source>
        <translation>Größte Schrittweite für die eigenen Klassengewichte, Proxys oder Mitten des Verlusts; der Plan multipliziert sie. Meist das 10- bis 100-Fache der Lernrate des Netzes.</translation>
    </message>
    <message>
        <source>Contrastive (d)</source>
        <translation>Kontrastiv (d)</translation>
    </message>
    <message>
        <source>Positive pairs are pulled together, negative pairs pushed out to the margin. Simple; margin matters.</source>
        <translation>Positive Paare werden zusammengezogen, negative bis zum Abstand auseinandergeschoben. Einfach; auf den Abstand kommt es an.</translation>
    </message>
    <message>
        <source>margin (distance)</source>
        <translation>Abstand (Distanz)</translation>
    </message>
    <message>
        <source>How far apart the images of a negative pair must be before the pair costs nothing. Raise it when classes stay close; lower it when pairs that are far enough still take up the loss.</source>
        <translation>Wie weit die Bilder eines negativen Paars auseinander sein müssen, bevor es nichts kostet. Größer, wenn Klassen nah bleiben; kleiner, wenn Paare, die weit genug sind, noch den Verlust füllen.</translation>
    </message>
    <message>
        <source>Contrastive (d²)</source>
        <translation>Kontrastiv (d²)</translation>
    </message>
    <message>
        <source>The contrastive loss as first published: distances squared, so far pairs count most.</source>
        <translation>Der kontrastive Verlust, wie er zuerst veröffentlicht wurde: quadrierte Distanzen, also zählen weite Paare am meisten.</translation>
    </message>
    <message>
        <source>InfoNCE (NT-Xent)</source>
        <translation>InfoNCE (NT-Xent)</translation>
    </message>
    <message>
        <source>Each positive pair against the anchor&apos;s negatives, by a softmax at a temperature. Likes large batches.</source>
        <translation>Jedes positive Paar gegen die Negativen des Ankers, durch einen Softmax mit Temperatur. Mag große Stapel.</translation>
    </message>
    <message>
        <source>Lifted structure</source>
        <translation>Lifted Structure</translation>
    </message>
    <message>
        <source>Each positive pair against all negatives of both of its images, by a smooth maximum.</source>
        <translation>Jedes positive Paar gegen alle Negativen seiner beiden Bilder, durch ein glattes Maximum.</translation>
    </message>
    <message>
        <source>From which distance on a negative counts little. Raise it when classes stay close.</source>
        <translation>Ab welcher Distanz ein Negatives wenig zählt. Größer, wenn Klassen nah bleiben.</translation>
    </message>
    <message>
        <source>Multi-similarity</source>
        <translation>Multi-Similarity</translation>
    </message>
    <message>
        <source>Weighs pairs by how hard they are against the others of their anchor; the margin mines them.</source>
        <translation>Wiegt Paare danach, wie schwer sie gegen die anderen ihres Ankers sind; der Abstand wählt sie aus.</translation>
    </message>
    <message>
        <source>margin (cosine)</source>
        <translation>Abstand (Kosinus)</translation>
    </message>
    <message>
        <source>A pair counts unless it is easier by this much than the hardest of its anchor&apos;s other kind. Raise it to let more pairs count.</source>
        <translation>Ein Paar zählt, wenn es nicht um so viel leichter ist als das schwerste der anderen Art seines Ankers. Größer lässt mehr Paare zählen.</translation>
    </message>
    <message>
        <source>N-pair</source>
        <translation>N-Pair</translation>
    </message>
    <message>
        <source>One positive against all negatives of the batch at once, by a softmax of inner products.</source>
        <translation>Ein Positives gegen alle Negativen des Stapels zugleich, durch einen Softmax der Skalarprodukte.</translation>
    </message>
    <message>
        <source>Quadruplet</source>
        <translation>Quadruplet</translation>
    </message>
    <message>
        <source>The triplet loss and, with half the margin, positive pairs against pairs of two other classes: makes one threshold fit all classes.</source>
        <translation>Der Triplet-Verlust und, mit halbem Abstand, positive Paare gegen Paare zweier anderer Klassen: lässt eine Schwelle für alle Klassen passen.</translation>
    </message>
    <message>
        <source>Supervised contrastive</source>
        <translation>Überwacht kontrastiv</translation>
    </message>
    <message>
        <source>All positives of an anchor together against the rest of the batch. Robust, likes large batches.</source>
        <translation>Alle Positiven eines Ankers zusammen gegen den Rest des Stapels. Robust, mag große Stapel.</translation>
    </message>
    <message>
        <source>Triplet</source>
        <translation>Triplet</translation>
    </message>
    <message>
        <source>A negative must be farther than a positive by the margin. The usual first choice.</source>
        <translation>Ein Negatives muss um den Abstand ferner sein als ein Positives. Die übliche erste Wahl.</translation>
    </message>
    <message>
        <source>Triplet, soft margin</source>
        <translation>Triplet, weicher Abstand</translation>
    </message>
    <message>
        <source>The triplet loss with softplus in place of the hinge: triplets beyond the margin still pull a little.</source>
        <translation>Der Triplet-Verlust mit Softplus anstelle des Knicks: Triplets jenseits des Abstands ziehen noch ein wenig.</translation>
    </message>
    <message>
        <source>ArcFace</source>
        <translation>ArcFace</translation>
    </message>
    <message>
        <source>Adds the margin, in radians, to the angle to the own class vector. The usual choice for faces.</source>
        <translation>Addiert den Abstand, im Bogenmaß, zum Winkel zum eigenen Klassenvektor. Die übliche Wahl für Gesichter.</translation>
    </message>
    <message>
        <source>margin (rad)</source>
        <translation>Abstand (rad)</translation>
    </message>
    <message>
        <source>What is added, in radians, to the angle to the own class vector. Raise it for tighter classes; lower it when training does not get going.</source>
        <translation>Was, im Bogenmaß, zum Winkel zum eigenen Klassenvektor addiert wird. Größer für engere Klassen; kleiner, wenn das Training nicht in Gang kommt.</translation>
    </message>
    <message>
        <source>Center</source>
        <translation>Center</translation>
    </message>
    <message>
        <source>Pulls images to the centre of their class. Only beside a classification loss (α above 0): alone it draws everything to one point.</source>
        <translation>Zieht Bilder zur Mitte ihrer Klasse. Nur neben einem Klassifikationsverlust (α über 0): Allein zieht er alles auf einen Punkt.</translation>
    </message>
    <message>
        <source>CosFace</source>
        <translation>CosFace</translation>
    </message>
    <message>
        <source>Takes the margin off the cosine to the own class vector. Stable, for many classes.</source>
        <translation>Nimmt den Abstand vom Kosinus zum eigenen Klassenvektor weg. Ruhig, für viele Klassen.</translation>
    </message>
    <message>
        <source>What is taken off the cosine to the own class vector. Raise it for tighter classes; lower it when training does not get going.</source>
        <translation>Was vom Kosinus zum eigenen Klassenvektor weggenommen wird. Größer für engere Klassen; kleiner, wenn das Training nicht in Gang kommt.</translation>
    </message>
    <message>
        <source>NormFace</source>
        <translation>NormFace</translation>
    </message>
    <message>
        <source>Softmax over cosines to class vectors. The plain form of the three margin losses below.</source>
        <translation>Softmax über Kosinus zu Klassenvektoren. Die schlichte Form der drei Verluste mit Abstand darunter.</translation>
    </message>
    <message>
        <source>Proxy-Anchor</source>
        <translation>Proxy-Anchor</translation>
    </message>
    <message>
        <source>Each proxy against all images of the batch, hard ones first. Strong for retrieval.</source>
        <translation>Jeder Proxy gegen alle Bilder des Stapels, die schweren zuerst. Stark für die Suche.</translation>
    </message>
    <message>
        <source>How far above it cosines to the own proxy should lie, and those to other proxies as far below 0. Raise it for tighter classes.</source>
        <translation>Wie weit darüber Kosinus zum eigenen Proxy liegen sollen, und die zu anderen ebenso weit unter 0. Größer für engere Klassen.</translation>
    </message>
    <message>
        <source>Proxy-NCA</source>
        <translation>Proxy-NCA</translation>
    </message>
    <message>
        <source>Each image against one proxy a class. Converges fast; needs no mining.</source>
        <translation>Jedes Bild gegen einen Proxy je Klasse. Lernt schnell; braucht kein Mining.</translation>
    </message>
    <message>
        <source>SoftTriple</source>
        <translation>SoftTriple</translation>
    </message>
    <message>
        <source>Several centres a class: for classes that look different inside, such as products from all sides.</source>
        <translation>Mehrere Mitten je Klasse: für Klassen, die innen verschieden aussehen, etwa Produkte von allen Seiten.</translation>
    </message>
    <message>
        <source>What is taken off the similarity to the own class. Raise it for tighter classes.</source>
        <translation>Was von der Ähnlichkeit zur eigenen Klasse weggenommen wird. Größer für engere Klassen.</translation>
    </message>
    <message>
        <source>SphereFace</source>
        <translation>SphereFace</translation>
    </message>
    <message>
        <source>Multiplies the angle to the own class vector by the margin. The oldest of the margin losses.</source>
        <translation>Multipliziert den Winkel zum eigenen Klassenvektor mit dem Abstand. Der älteste der Verluste mit Abstand.</translation>
    </message>
    <message>
        <source>margin (factor)</source>
        <translation>Abstand (Faktor)</translation>
    </message>
    <message>
        <source>By what the angle to the own class vector is multiplied; 1 is no margin at all. Raise it for tighter classes; lower it when training does not get going.</source>
        <translation>Womit der Winkel zum eigenen Klassenvektor multipliziert wird; 1 ist gar kein Abstand. Größer für engere Klassen; kleiner, wenn das Training nicht in Gang kommt.</translation>
    </message>
    <message>
        <source>200 species of birds, some 60 photographs of each, with segmentations; the usual measure of retrieval.</source>
        <translation>200 Vogelarten, je etwa 60 Fotos, mit Segmentierungen; das übliche Maß für die Suche.</translation>
    </message>
    <message>
        <source>70,000 articles of clothing of 10 kinds, 28 x 28 pixels; its 10,000 test images are held out.</source>
        <translation>70.000 Kleidungsstücke von 10 Arten, 28 x 28 Pixel; seine 10.000 Testbilder werden zurückgehalten.</translation>
    </message>
    <message>
        <source>1,680 people with two photographs or more, 9,164 in all, aligned by funneling; faces in verification.</source>
        <translation>1.680 Menschen mit zwei oder mehr Fotos, 9.164 insgesamt, durch Funneling ausgerichtet; Gesichter zur Verifikation.</translation>
    </message>
    <message>
        <source>1,623 handwritten characters of 50 alphabets, 20 drawings of each; 20 alphabets are held out.</source>
        <translation>1.623 handgeschriebene Zeichen aus 50 Alphabeten, je 20 Zeichnungen; 20 Alphabete werden zurückgehalten.</translation>
    </message>
    <message>
        <source>37 breeds of cats and dogs, some 200 photographs of each, with trimaps of the animal.</source>
        <translation>37 Rassen von Katzen und Hunden, je etwa 200 Fotos, mit Trimaps des Tiers.</translation>
    </message>
    <message>
        <source> ({0} left out, first {1}: {2})</source>
        <translation> ({0} weggelassen, zuerst {1}: {2})</translation>
    </message>
    <message>
        <source> of two groups</source>
        <translation> aus zwei Gruppen</translation>
    </message>
    <message>
        <source> twice</source>
        <translation> zweimal</translation>
    </message>
    <message>
        <source>, choose mining &apos;all&apos; or &apos;semi-hard&apos;</source>
        <translation>, das Mining „all“ oder „semi-hard“ wählen</translation>
    </message>
    <message>
        <source>, choose semi-hard mining in place of hard or batch-hard</source>
        <translation>, statt „hard“ oder „batch-hard“ das Mining „semi-hard“ wählen</translation>
    </message>
    <message>
        <source>, line {0} being the first too many</source>
        <translation>, Zeile {0} ist die erste zu viel</translation>
    </message>
    <message>
        <source>, or choose one in the window</source>
        <translation>, oder eine im Fenster wählen</translation>
    </message>
    <message>
        <source>--set takes KEY=VALUE, found {0}</source>
        <translation>--set nimmt KEY=VALUE, gefunden: {0}</translation>
    </message>
    <message>
        <source>--set {0}: no setting is named {1}; there are {2}</source>
        <translation>--set {0}: keine Einstellung heißt {1}; es gibt {2}</translation>
    </message>
    <message>
        <source>; made anew: {0}</source>
        <translation>; neu angelegt: {0}</translation>
    </message>
    <message>
        <source>; to read it all the same, set allow_outside=true</source>
        <translation>; um es trotzdem zu lesen, allow_outside=true setzen</translation>
    </message>
    <message>
        <source>; {0} MB are kept, and the next try goes on from there</source>
        <translation>; {0} MB sind aufbewahrt, und der nächste Versuch macht dort weiter</translation>
    </message>
    <message>
        <source>AUC {0} and EER {1} % (95 %) is what {2}</source>
        <translation>AUC {0} und EER {1} % (95 %) ergäben {2}</translation>
    </message>
    <message>
        <source>Choose mining &apos;all&apos; or &apos;hard&apos; until semi-hard triplets come back, or raise the margin.</source>
        <translation>Das Mining „all“ oder „hard“ wählen, bis wieder halbschwere Triplets kommen, oder den Abstand vergrößern.</translation>
    </message>
    <message>
        <source>For {0} steps {1}.</source>
        <translation>Seit {0} Schritten: {1}.</translation>
    </message>
    <message>
        <source>Images that a person has edited ({0}): {1}.</source>
        <translation>Von einer Person bearbeitete Bilder ({0}): {1}.</translation>
    </message>
    <message>
        <source>Lower the learning rate or the margin{0}, or give classification more weight α.</source>
        <translation>Die Lernrate oder den Abstand verkleinern{0}, oder der Klassifikation mehr Gewicht α geben.</translation>
    </message>
    <message>
        <source>Lower the learning rate or the weights of the losses.</source>
        <translation>Die Lernrate oder die Gewichte der Verluste verkleinern.</translation>
    </message>
    <message>
        <source>Lower the learning rate, or give classification more weight α; batches of more classes help as well.</source>
        <translation>Die Lernrate verkleinern, oder der Klassifikation mehr Gewicht α geben; auch Stapel mit mehr Klassen helfen.</translation>
    </message>
    <message>
        <source>No held-out class has two images, so there are no genuine pairs: hold out a larger share.</source>
        <translation>Keine zurückgehaltene Klasse hat zwei Bilder, also gibt es keine echten Paare: einen größeren Anteil zurückhalten.</translation>
    </message>
    <message>
        <source>No image is held out, so nothing can be evaluated: hold out a larger share.</source>
        <translation>Kein Bild wird zurückgehalten, also lässt sich nichts auswerten: einen größeren Anteil zurückhalten.</translation>
    </message>
    <message>
        <source>ONNX needs the packages {0}, found no {1}; install them by pip install &apos;metric-explorer[export]&apos;</source>
        <translation>ONNX braucht die Pakete {0}, es fehlt: {1}; zu installieren mit pip install &apos;metric-explorer[export]&apos;</translation>
    </message>
    <message>
        <source>Of the held-out part, nothing can be evaluated: {0}. Hold out a larger share.</source>
        <translation>Vom zurückgehaltenen Teil lässt sich nichts auswerten: {0}. Einen größeren Anteil zurückhalten.</translation>
    </message>
    <message>
        <source>Of the {0} held-out classes, {1} are trained on as well, so the figures are of known and unseen classes together.</source>
        <translation>Von den {0} zurückgehaltenen Klassen wird mit {1} auch trainiert; die Größen gelten also für bekannte und ungesehene Klassen zusammen.</translation>
    </message>
    <message>
        <source>Of {0} {1}, {2} have images both of held-out identities and of others, and are left out.</source>
        <translation>Liste ({0} {1}): {2} davon haben Bilder sowohl von zurückgehaltenen Identitäten als auch von anderen und werden weggelassen.</translation>
    </message>
    <message>
        <source>Omniglot has {0} runs, found {1}</source>
        <translation>Omniglot hat {0} Läufe, gefunden: {1}</translation>
    </message>
    <message>
        <source>On the CPU batch norms see only the images of their own process, 1 of {0}, so {1}.</source>
        <translation>Auf der CPU sehen Batch-Norms nur die Bilder ihres eigenen Prozesses, 1 von {0}; die Folge: {1}.</translation>
    </message>
    <message>
        <source>Only one class is held out, so there are no impostor pairs: hold out a larger share.</source>
        <translation>Nur eine Klasse wird zurückgehalten, also gibt es keine fremden Paare: einen größeren Anteil zurückhalten.</translation>
    </message>
    <message>
        <source>Only {0} classes are trained on: embeddings of so few do not generalise to unseen classes. Add classes, or judge the known ones with a closed split.</source>
        <translation>Nur mit {0} Klassen wird trainiert: Embeddings von so wenigen verallgemeinern nicht auf ungesehene Klassen. Klassen hinzufügen, oder die bekannten mit einer geschlossenen Teilung beurteilen.</translation>
    </message>
    <message>
        <source>RANK must be a whole number below WORLD_SIZE, found {0}</source>
        <translation>RANK muss eine ganze Zahl unter WORLD_SIZE sein, gefunden: {0}</translation>
    </message>
    <message>
        <source>Step {0} was skipped, the weights are as before: {1}.</source>
        <translation>Schritt {0} wurde übersprungen, die Gewichte sind wie zuvor: {1}.</translation>
    </message>
    <message>
        <source>The embeddings have collapsed, unless they part again within an epoch: lower the learning rate{0}, or give classification more weight α; where that does not part them, start again.</source>
        <translation>Die Embeddings sind zusammengefallen, es sei denn, sie gehen innerhalb einer Epoche wieder auseinander: die Lernrate verkleinern{0}, oder der Klassifikation mehr Gewicht α geben; wo das sie nicht trennt, von vorn beginnen.</translation>
    </message>
    <message>
        <source>The model sees no foreground in {0}.</source>
        <translation>Das Modell sieht keinen Vordergrund in {0}.</translation>
    </message>
    <message>
        <source>The model was trained without masks, so it does not know what is background.</source>
        <translation>Das Modell wurde ohne Masken trainiert, weiß also nicht, was Hintergrund ist.</translation>
    </message>
    <message>
        <source>a batch must be a multiple of the {0} processes, found {1} images; change classes_per_batch or samples_per_class</source>
        <translation>ein Stapel muss ein Vielfaches der {0} Prozesse sein, gefunden: {1} Bilder; classes_per_batch oder samples_per_class ändern</translation>
    </message>
    <message>
        <source>a batch needs at least one sample, class and sample per class, found {0} samples, {1} classes and {2} samples per class</source>
        <translation>ein Stapel braucht mindestens ein Bild, eine Klasse und ein Bild je Klasse, gefunden: {0} Bilder, {1} Klassen und {2} Bilder je Klasse</translation>
    </message>
    <message>
        <source>a batch needs at least one tuple and image, found {0} tuples and {1} images</source>
        <translation>ein Stapel braucht mindestens ein Tupel und ein Bild, gefunden: {0} Tupel und {1} Bilder</translation>
    </message>
    <message>
        <source>a checkpoint</source>
        <translation>ein Checkpoint</translation>
    </message>
    <message>
        <source>a class needs at least 2 usable images, found {0}</source>
        <translation>eine Klasse braucht mindestens 2 brauchbare Bilder, gefunden: {0}</translation>
    </message>
    <message>
        <source>a class&apos;s name must have 1 to {0} characters and no space at its ends</source>
        <translation>ein Klassenname muss 1 bis {0} Zeichen haben und darf an den Enden kein Leerzeichen haben</translation>
    </message>
    <message>
        <source>a class&apos;s name must have printable characters only, found {0}</source>
        <translation>ein Klassenname darf nur druckbare Zeichen haben, gefunden: {0}</translation>
    </message>
    <message>
        <source>a comparison needs at least 2 candidates, found {0}</source>
        <translation>ein Vergleich braucht mindestens 2 Kandidaten, gefunden: {0}</translation>
    </message>
    <message>
        <source>a file of pages</source>
        <translation>eine Datei mit mehreren Seiten</translation>
    </message>
    <message>
        <source>a file of weights</source>
        <translation>eine Datei mit Gewichten</translation>
    </message>
    <message>
        <source>a folder</source>
        <translation>ein Ordner</translation>
    </message>
    <message>
        <source>a folder with files in it</source>
        <translation>ein Ordner mit Dateien</translation>
    </message>
    <message>
        <source>a genuine pair must stand here, name, number, number, separated by tabs</source>
        <translation>hier muss ein echtes Paar stehen: Name, Nummer, Nummer, durch Tabulatoren getrennt</translation>
    </message>
    <message>
        <source>a grey thumbnail stands for each image that cannot be read: {0}</source>
        <translation>für jedes Bild, das nicht lesbar ist, steht ein graues Vorschaubild: {0}</translation>
    </message>
    <message>
        <source>a link that leads out of the data folder; to follow it, set allow_outside=true</source>
        <translation>ein Link, der aus dem Datenordner hinausführt; um ihm zu folgen, allow_outside=true setzen</translation>
    </message>
    <message>
        <source>a link to nothing</source>
        <translation>ein Link auf nichts</translation>
    </message>
    <message>
        <source>a mask whose values are named must be grey or have a palette, found mode {0}</source>
        <translation>eine Maske, deren Werte genannt sind, muss grau sein oder eine Palette haben, gefunden: Modus {0}</translation>
    </message>
    <message>
        <source>a name must be that of a folder, found {0}</source>
        <translation>ein Name muss der eines Ordners sein, gefunden: {0}</translation>
    </message>
    <message>
        <source>a pair must be of two images, found {0} twice</source>
        <translation>ein Paar muss aus zwei Bildern sein, zweimal gefunden: {0}</translation>
    </message>
    <message>
        <source>a pair must stand once, found that of line {0} again</source>
        <translation>ein Paar muss einmal stehen, das von Zeile {0} steht wieder da</translation>
    </message>
    <message>
        <source>a picture of the gallery is damaged ({0})</source>
        <translation>ein Bild der Galerie ist beschädigt ({0})</translation>
    </message>
    <message>
        <source>a picture of the gallery must have {0} x {1} pixels, found {2}</source>
        <translation>ein Bild der Galerie muss {0} x {1} Pixel haben, gefunden: {2}</translation>
    </message>
    <message>
        <source>a process that trained along has ended or cannot be reached; the run is as at its newest checkpoint and goes on from there with --resume</source>
        <translation>ein mittrainierender Prozess hat geendet oder ist nicht erreichbar; der Lauf ist auf dem Stand seines neuesten Checkpoints und geht von dort mit --resume weiter</translation>
    </message>
    <message>
        <source>a row must have the header&apos;s {0} fields, found {1}</source>
        <translation>eine Zeile muss die {0} Felder der Kopfzeile haben, gefunden: {1}</translation>
    </message>
    <message>
        <source>a scale of novelty</source>
        <translation>ein Maß der Neuheit</translation>
    </message>
    <message>
        <source>a selection must name each of its images once</source>
        <translation>eine Auswahl muss jedes ihrer Bilder einmal nennen</translation>
    </message>
    <message>
        <source>a selection needs a name of its own, found one called {0} already</source>
        <translation>eine Auswahl braucht einen eigenen Namen, schon vergeben: {0}</translation>
    </message>
    <message>
        <source>a selection&apos;s name must have 1 to {0} characters and no space at its ends, found {1}</source>
        <translation>der Name einer Auswahl muss 1 bis {0} Zeichen haben und darf an den Enden kein Leerzeichen haben, gefunden: {1}</translation>
    </message>
    <message>
        <source>a selection&apos;s name must have printable characters only, found {0}</source>
        <translation>der Name einer Auswahl darf nur druckbare Zeichen haben, gefunden: {0}</translation>
    </message>
    <message>
        <source>a share of the images</source>
        <translation>ein Teil der Bilder</translation>
    </message>
    <message>
        <source>a test image must stand once, found {0} again</source>
        <translation>ein Testbild muss einmal stehen, wieder gefunden: {0}</translation>
    </message>
    <message>
        <source>a threshold of this run was chosen on these identities, or on half of them: of others expect a little less</source>
        <translation>eine Schwelle dieses Laufs wurde an diesen Identitäten oder an der Hälfte von ihnen gewählt: bei anderen ist etwas weniger zu erwarten</translation>
    </message>
    <message>
        <source>a verification curve needs {0} pairs, found none</source>
        <translation>eine Verifikationskurve braucht Paare ({0}), gefunden: nichts</translation>
    </message>
    <message>
        <source>all images of these identities would give; what other identities would is not known</source>
        <translation>alle Bilder dieser Identitäten; was andere Identitäten ergäben, ist nicht bekannt</translation>
    </message>
    <message>
        <source>all {0} images of {1} identities</source>
        <translation>alle {0} Bilder von {1} Identitäten</translation>
    </message>
    <message>
        <source>an animation</source>
        <translation>eine Animation</translation>
    </message>
    <message>
        <source>an empty file (0 bytes)</source>
        <translation>eine leere Datei (0 Bytes)</translation>
    </message>
    <message>
        <source>an empty mask file (0 bytes)</source>
        <translation>eine leere Maskendatei (0 Bytes)</translation>
    </message>
    <message>
        <source>an evaluation</source>
        <translation>eine Auswertung</translation>
    </message>
    <message>
        <source>an image file is needed, found an empty file (0 bytes)</source>
        <translation>eine Bilddatei ist nötig, gefunden: eine leere Datei (0 Bytes)</translation>
    </message>
    <message>
        <source>an image file is needed, found {0}</source>
        <translation>eine Bilddatei ist nötig, gefunden: {0}</translation>
    </message>
    <message>
        <source>an image may have at most {0} megapixels ({1} sets another limit)</source>
        <translation>ein Bild darf höchstens {0} Megapixel haben ({1} setzt eine andere Grenze)</translation>
    </message>
    <message>
        <source>an image must lie in the folder of the runs, found {0}</source>
        <translation>ein Bild muss im Ordner der Läufe liegen, gefunden: {0}</translation>
    </message>
    <message>
        <source>an image needs at least one pixel, found {0} x {1}</source>
        <translation>ein Bild braucht mindestens ein Pixel, gefunden: {0} x {1}</translation>
    </message>
    <message>
        <source>an impostor pair must be of two people, found {0} twice</source>
        <translation>ein fremdes Paar muss aus zwei Personen sein, zweimal gefunden: {0}</translation>
    </message>
    <message>
        <source>an impostor pair must stand here, name, number, other name, number, separated by tabs</source>
        <translation>hier muss ein fremdes Paar stehen: Name, Nummer, anderer Name, Nummer, durch Tabulatoren getrennt</translation>
    </message>
    <message>
        <source>an interval needs at least {0} identities with a genuine pair, found {1}</source>
        <translation>ein Intervall braucht mindestens {0} Identitäten mit einem echten Paar, gefunden: {1}</translation>
    </message>
    <message>
        <source>an interval needs at least {0} identities, found {1}</source>
        <translation>Intervall erst ab {0} Identitäten, gefunden: {1}</translation>
    </message>
    <message>
        <source>an open-set measurement</source>
        <translation>eine Messung mit offener Menge</translation>
    </message>
    <message>
        <source>another image size</source>
        <translation>eine andere Bildgröße</translation>
    </message>
    <message>
        <source>another model</source>
        <translation>ein anderes Modell</translation>
    </message>
    <message>
        <source>another process downloads it; wait for that one</source>
        <translation>ein anderer Prozess lädt es herunter; auf diesen warten</translation>
    </message>
    <message>
        <source>another process has been writing to the gallery for {0} s; try again later</source>
        <translation>ein anderer Prozess schreibt seit {0} s in die Galerie; später wieder versuchen</translation>
    </message>
    <message>
        <source>another process is embedding into this folder; stop that one first</source>
        <translation>ein anderer Prozess bettet in diesen Ordner ein; diesen erst anhalten</translation>
    </message>
    <message>
        <source>another process is training this run; stop that one first</source>
        <translation>ein anderer Prozess trainiert diesen Lauf; diesen erst anhalten</translation>
    </message>
    <message>
        <source>architecture: not the arguments of a model ({0})</source>
        <translation>architecture: nicht die Argumente eines Modells ({0})</translation>
    </message>
    <message>
        <source>at least one genuine and one impostor pair are needed, found no {0} pair</source>
        <translation>mindestens ein echtes und ein fremdes Paar sind nötig, keines gefunden: {0}</translation>
    </message>
    <message>
        <source>at least two classes with images are needed, found {0}</source>
        <translation>mindestens zwei Klassen mit Bildern sind nötig, gefunden: {0}</translation>
    </message>
    <message>
        <source>at least two classes with two usable images each are needed, found {0}</source>
        <translation>mindestens zwei Klassen mit je zwei brauchbaren Bildern sind nötig, gefunden: {0}</translation>
    </message>
    <message>
        <source>at most {0} pairs can be judged at once, found more</source>
        <translation>höchstens {0} Paare lassen sich auf einmal beurteilen, gefunden: mehr</translation>
    </message>
    <message>
        <source>backbone: must be one of {0}, found {1}</source>
        <translation>backbone: muss eines von {0} sein, gefunden: {1}</translation>
    </message>
    <message>
        <source>bad mask</source>
        <translation>unbrauchbare Maske</translation>
    </message>
    <message>
        <source>balance: {0} needs TorchJD, which is not installed; add it by pip install &apos;metric-explorer[balance]&apos;, or choose &apos;fixed&apos;, &apos;uncertainty&apos; or &apos;dwa&apos;</source>
        <translation>balance: {0} braucht TorchJD, das nicht installiert ist; hinzufügen mit pip install &apos;metric-explorer[balance]&apos;, oder &apos;fixed&apos;, &apos;uncertainty&apos; oder &apos;dwa&apos; wählen</translation>
    </message>
    <message>
        <source>be one of {0}</source>
        <translation>eines von {0} sein</translation>
    </message>
    <message>
        <source>best epoch</source>
        <translation>beste Epoche</translation>
    </message>
    <message>
        <source>bits must lie in 0..{0}, found {1}</source>
        <translation>bits muss in 0..{0} liegen, gefunden: {1}</translation>
    </message>
    <message>
        <source>building the model</source>
        <translation>Modell wird gebaut</translation>
    </message>
    <message>
        <source>cannot be understood ({0})</source>
        <translation>ist nicht zu verstehen ({0})</translation>
    </message>
    <message>
        <source>character that turns the text around it</source>
        <translation>Zeichen, das den Text um sich umdreht</translation>
    </message>
    <message>
        <source>classes with too few images for an episode, which are not drawn: {0}</source>
        <translation>Klassen mit zu wenigen Bildern für eine Episode, die nicht gezogen werden: {0}</translation>
    </message>
    <message>
        <source>classification accuracy</source>
        <translation>Genauigkeit der Klassifikation</translation>
    </message>
    <message>
        <source>closed set: the model was trained on other images of these strangers, so real ones may be mistaken oftener</source>
        <translation>geschlossene Menge: das Modell wurde mit anderen Bildern dieser Fremden trainiert, echte Fremde werden also womöglich öfter verwechselt</translation>
    </message>
    <message>
        <source>compile: the first steps took {0} s longer; a step takes {1} ms now.</source>
        <translation>compile: die ersten Schritte dauerten {0} s länger; ein Schritt dauert jetzt {1} ms.</translation>
    </message>
    <message>
        <source>compile: the model cannot be compiled here, {0}; switch &apos;compile&apos; off</source>
        <translation>compile: das Modell lässt sich hier nicht kompilieren, {0}; &apos;compile&apos; ausschalten</translation>
    </message>
    <message>
        <source>control character</source>
        <translation>Steuerzeichen</translation>
    </message>
    <message>
        <source>could not be read</source>
        <translation>nicht lesbar</translation>
    </message>
    <message>
        <source>decoding images</source>
        <translation>Bilder werden dekodiert</translation>
    </message>
    <message>
        <source>defaults must be of live settings, found {0}</source>
        <translation>Voreinstellungen müssen von laufenden Einstellungen sein, gefunden: {0}</translation>
    </message>
    <message>
        <source>device: &apos;cuda&apos; needs a CUDA device that torch can use, found none; &apos;auto&apos; or &apos;cpu&apos; works here</source>
        <translation>device: &apos;cuda&apos; braucht ein CUDA-Gerät, das torch benutzen kann, gefunden: nichts; hier geht &apos;auto&apos; oder &apos;cpu&apos;</translation>
    </message>
    <message>
        <source>device: &apos;mps&apos; needs Apple&apos;s Metal backend, found none; &apos;auto&apos; or &apos;cpu&apos; works here</source>
        <translation>device: &apos;mps&apos; braucht Metal von Apple, gefunden: nichts; hier geht &apos;auto&apos; oder &apos;cpu&apos;</translation>
    </message>
    <message>
        <source>directory not empty</source>
        <translation>Ordner nicht leer</translation>
    </message>
    <message>
        <source>drawing identities for the intervals</source>
        <translation>Identitäten werden für die Intervalle gezogen</translation>
    </message>
    <message>
        <source>each column must stand once, found {0} more often</source>
        <translation>jede Spalte muss einmal stehen, öfter gefunden: {0}</translation>
    </message>
    <message>
        <source>each image must stand once, found {0} twice</source>
        <translation>jedes Bild muss einmal stehen, zweimal gefunden: {0}</translation>
    </message>
    <message>
        <source>each selection must have a name of its own, found {0} twice</source>
        <translation>jede Auswahl muss einen eigenen Namen haben, zweimal gefunden: {0}</translation>
    </message>
    <message>
        <source>embedding images</source>
        <translation>Bilder werden eingebettet</translation>
    </message>
    <message>
        <source>embeddings {{</source>
        <translation>embeddings {{</translation>
    </message>
    <message>
        <source>empty mask</source>
        <translation>leere Maske</translation>
    </message>
    <message>
        <source>ended with exit code {0}</source>
        <translation>endete mit Exit-Code {0}</translation>
    </message>
    <message>
        <source>episode {0}</source>
        <translation>Episode {0}</translation>
    </message>
    <message>
        <source>episodes: {0} classes with {1} + {2} images are needed, found {3} among {4} classes, of which the largest has {5}</source>
        <translation>episodes: {0} Klassen mit {1} + {2} Bildern sind nötig, gefunden: {3} unter {4} Klassen, von denen die größte {5} hat</translation>
    </message>
    <message>
        <source>evaluating on the held-out part</source>
        <translation>zurückgehaltener Teil wird ausgewertet</translation>
    </message>
    <message>
        <source>every episode has the same {0} classes, so the interval is one for these alone</source>
        <translation>jede Episode hat dieselben {0} Klassen, das Intervall gilt also nur für diese</translation>
    </message>
    <message>
        <source>every image of {0} with every one of {1}</source>
        <translation>jedes Bild von {0} mit jedem von {1}</translation>
    </message>
    <message>
        <source>every pair of the {0} images of {1}</source>
        <translation>jedes Paar der {0} Bilder von {1}</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>exakt</translation>
    </message>
    <message>
        <source>excluded by a person</source>
        <translation>von Hand ausgeschlossen</translation>
    </message>
    <message>
        <source>fast search needs faiss; install it by pip install &apos;metric-explorer[search]&apos;</source>
        <translation>die schnelle Suche braucht faiss; zu installieren mit pip install &apos;metric-explorer[search]&apos;</translation>
    </message>
    <message>
        <source>fetching {0} ({1} of {2} MB)</source>
        <translation>{0} wird geholt ({1} von {2} MB)</translation>
    </message>
    <message>
        <source>file exists</source>
        <translation>Datei existiert bereits</translation>
    </message>
    <message>
        <source>file name too long</source>
        <translation>Dateiname zu lang</translation>
    </message>
    <message>
        <source>finding neighbours</source>
        <translation>Nachbarn werden gesucht</translation>
    </message>
    <message>
        <source>finds {0} % of the {1} nearest</source>
        <translation>findet {0} % der {1} nächsten</translation>
    </message>
    <message>
        <source>fitting the distance</source>
        <translation>Distanz wird angepasst</translation>
    </message>
    <message>
        <source>fold must name the fold of the pair, found nothing</source>
        <translation>fold muss den Teil des Paars nennen, gefunden: nichts</translation>
    </message>
    <message>
        <source>fold {0}</source>
        <translation>Teil {0}</translation>
    </message>
    <message>
        <source>folders within a class are not read</source>
        <translation>Ordner innerhalb einer Klasse werden nicht gelesen</translation>
    </message>
    <message>
        <source>for a list of {0}</source>
        <translation>für eine Liste ({0})</translation>
    </message>
    <message>
        <source>found no SPEC = LossSpec(name=value, ...)</source>
        <translation>kein SPEC = LossSpec(name=value, ...) gefunden</translation>
    </message>
    <message>
        <source>fpr: must be between 0 and 1, found {0}</source>
        <translation>fpr: muss zwischen 0 und 1 liegen, gefunden: {0}</translation>
    </message>
    <message>
        <source>genuine pairs need an identity with 2 images, found {0} identities with 1 each</source>
        <translation>echte Paare brauchen eine Identität mit 2 Bildern, gefunden: {0} Identitäten mit je 1</translation>
    </message>
    <message>
        <source>genuine pairs need two images of one identity that are not of one group, found none</source>
        <translation>echte Paare brauchen zwei Bilder einer Identität, die nicht aus einer Gruppe sind, gefunden: nichts</translation>
    </message>
    <message>
        <source>given another class</source>
        <translation>mit anderer Klasse</translation>
    </message>
    <message>
        <source>goes on from step {0}</source>
        <translation>geht bei Schritt {0} weiter</translation>
    </message>
    <message>
        <source>good mask</source>
        <translation>gute Maske</translation>
    </message>
    <message>
        <source>grey values of mode {0} must lie in 0..{1}, found {2}..{3}</source>
        <translation>Grauwerte des Modus {0} müssen in 0..{1} liegen, gefunden: {2}..{3}</translation>
    </message>
    <message>
        <source>half of a character</source>
        <translation>halbes Zeichen</translation>
    </message>
    <message>
        <source>half of them have no genuine or no impostor pair</source>
        <translation>eine Hälfte von ihnen hat kein echtes oder kein fremdes Paar</translation>
    </message>
    <message>
        <source>holdout: a file of classes needs an open split, found {0} with a closed one</source>
        <translation>holdout: eine Datei mit Klassen braucht eine offene Teilung, gefunden: {0} mit einer geschlossenen</translation>
    </message>
    <message>
        <source>holdout: the held-out share must lie between 0 and 1, found {0}</source>
        <translation>holdout: der zurückgehaltene Anteil muss zwischen 0 und 1 liegen, gefunden: {0}</translation>
    </message>
    <message>
        <source>identities that stand in more than one fold: {0}; thresholds are chosen on identities that they are then judged by, so the accuracy may be too high and its standard error too small</source>
        <translation>Identitäten, die in mehr als einem Teil stehen: {0}; Schwellen werden an Identitäten gewählt, an denen sie dann beurteilt werden, daher können die Genauigkeit zu hoch und ihr Standardfehler zu klein sein</translation>
    </message>
    <message>
        <source>image array</source>
        <translation>Bild-Array</translation>
    </message>
    <message>
        <source>image without a file</source>
        <translation>Bild ohne Datei</translation>
    </message>
    <message>
        <source>images of classes that have fewer images than a batch takes of each</source>
        <translation>Bilder von Klassen, die weniger Bilder haben, als ein Stapel von jeder nimmt</translation>
    </message>
    <message>
        <source>images of different classes have been {0} apart on average, almost 0</source>
        <translation>Bilder verschiedener Klassen lagen im Mittel {0} auseinander, fast 0</translation>
    </message>
    <message>
        <source>images of one group may be support and query of one episode</source>
        <translation>Bilder einer Gruppe können Beispiel und Anfrage einer Episode sein</translation>
    </message>
    <message>
        <source>images of this format cannot be read</source>
        <translation>Bilder dieses Formats lassen sich nicht lesen</translation>
    </message>
    <message>
        <source>images that are there more than once, byte for byte</source>
        <translation>Bilder, die mehr als einmal da sind, Byte für Byte gleich</translation>
    </message>
    <message>
        <source>images that cannot be read</source>
        <translation>Bilder, die sich nicht lesen lassen</translation>
    </message>
    <message>
        <source>images that look the same, such as one that was resized or stored anew</source>
        <translation>Bilder, die gleich aussehen, etwa eines in anderer Größe oder neu gespeichert</translation>
    </message>
    <message>
        <source>images to train on that look the same as held-out ones</source>
        <translation>Trainingsbilder, die gleich aussehen wie zurückgehaltene</translation>
    </message>
    <message>
        <source>images whose mask cannot be read</source>
        <translation>Bilder, deren Maske sich nicht lesen lässt</translation>
    </message>
    <message>
        <source>images whose mask has another size, and is left out</source>
        <translation>Bilder, deren Maske eine andere Größe hat und weggelassen wird</translation>
    </message>
    <message>
        <source>images whose mask has no foreground</source>
        <translation>Bilder, deren Maske keinen Vordergrund hat</translation>
    </message>
    <message>
        <source>images whose mask is all foreground</source>
        <translation>Bilder, deren Maske ganz Vordergrund ist</translation>
    </message>
    <message>
        <source>images/&lt;class&gt;/&lt;file&gt; or &lt;class&gt;/&lt;file&gt;</source>
        <translation>images/&lt;Klasse&gt;/&lt;Datei&gt; oder &lt;Klasse&gt;/&lt;Datei&gt;</translation>
    </message>
    <message>
        <source>images: at least 2 must be drawn for a pair, found {0}</source>
        <translation>images: für ein Paar müssen mindestens 2 gezogen werden, gefunden: {0}</translation>
    </message>
    <message>
        <source>images: at least one is needed to enrol {0}, found none</source>
        <translation>images: mindestens eines ist nötig, um {0} einzutragen, gefunden: nichts</translation>
    </message>
    <message>
        <source>impostor pairs need at least 2 identities, found 1</source>
        <translation>fremde Paare brauchen mindestens 2 Identitäten, gefunden: 1</translation>
    </message>
    <message>
        <source>indexing embeddings</source>
        <translation>Index der Embeddings wird gebaut</translation>
    </message>
    <message>
        <source>init: must be a run with the backbone {0}, {1} has {2}</source>
        <translation>init: muss ein Lauf mit dem Backbone {0} sein, {1} hat {2}</translation>
    </message>
    <message>
        <source>input should be a valid boolean, unable to interpret input</source>
        <translation>muss ein gültiger Wahrheitswert sein, Eingabe nicht deutbar</translation>
    </message>
    <message>
        <source>input should be a valid integer, unable to parse string as an integer</source>
        <translation>muss eine gültige ganze Zahl sein, Text nicht als ganze Zahl lesbar</translation>
    </message>
    <message>
        <source>input should be a valid number, unable to parse string as a number</source>
        <translation>muss eine gültige Zahl sein, Text nicht als Zahl lesbar</translation>
    </message>
    <message>
        <source>input should be greater than or equal to {0}</source>
        <translation>muss größer als oder gleich {0} sein</translation>
    </message>
    <message>
        <source>input should be greater than {0}</source>
        <translation>muss größer als {0} sein</translation>
    </message>
    <message>
        <source>input should be less than or equal to {0}</source>
        <translation>muss kleiner als oder gleich {0} sein</translation>
    </message>
    <message>
        <source>input should be less than {0}</source>
        <translation>muss kleiner als {0} sein</translation>
    </message>
    <message>
        <source>input should be {0}</source>
        <translation>muss {0} sein</translation>
    </message>
    <message>
        <source>input/output error</source>
        <translation>Ein-/Ausgabefehler</translation>
    </message>
    <message>
        <source>is a directory</source>
        <translation>ist ein Ordner</translation>
    </message>
    <message>
        <source>is being trained; stop it first</source>
        <translation>wird gerade trainiert; erst stoppen</translation>
    </message>
    <message>
        <source>it cannot be kept as {0} ({1})</source>
        <translation>lässt sich nicht als {0} aufbewahren ({1})</translation>
    </message>
    <message>
        <source>it has {0} x {1} pixels, the image {2} x {3}</source>
        <translation>sie hat {0} x {1} Pixel, das Bild {2} x {3}</translation>
    </message>
    <message>
        <source>it is damaged, not valid JSON ({0})</source>
        <translation>ist beschädigt, kein gültiges JSON ({0})</translation>
    </message>
    <message>
        <source>it is kept as {0}</source>
        <translation>ist als {0} aufbewahrt</translation>
    </message>
    <message>
        <source>it must be a file</source>
        <translation>muss eine Datei sein</translation>
    </message>
    <message>
        <source>it must be a file, found a folder</source>
        <translation>muss eine Datei sein, gefunden: ein Ordner</translation>
    </message>
    <message>
        <source>it must have a command or settings, found neither</source>
        <translation>muss einen Befehl oder Einstellungen haben, gefunden: keines von beiden</translation>
    </message>
    <message>
        <source>it must have at most {0} bytes, found {1}</source>
        <translation>darf höchstens {0} Bytes haben, gefunden: {1}</translation>
    </message>
    <message>
        <source>it must hold a JSON object</source>
        <translation>muss ein JSON-Objekt enthalten</translation>
    </message>
    <message>
        <source>it names one image twice</source>
        <translation>nennt ein Bild zweimal</translation>
    </message>
    <message>
        <source>it was there before training began</source>
        <translation>war schon da, bevor das Training begann</translation>
    </message>
    <message>
        <source>its mask has {0} x {1} pixels, the image {2}</source>
        <translation>seine Maske hat {0} x {1} Pixel, das Bild {2}</translation>
    </message>
    <message>
        <source>its mask is left out: {0}</source>
        <translation>seine Maske wird weggelassen: {0}</translation>
    </message>
    <message>
        <source>its mask {0} is left out: {1}, named in {2}</source>
        <translation>seine Maske {0} wird weggelassen: {1}, genannt in {2}</translation>
    </message>
    <message>
        <source>its mask: {0}</source>
        <translation>seine Maske: {0}</translation>
    </message>
    <message>
        <source>its process ended without a word; train --resume goes on from the last checkpoint</source>
        <translation>sein Prozess endete ohne ein Wort; train --resume geht vom letzten Checkpoint weiter</translation>
    </message>
    <message>
        <source>its process lives</source>
        <translation>sein Prozess lebt</translation>
    </message>
    <message>
        <source>k-NN needs an image whose class is among those searched, found none</source>
        <translation>k-NN braucht ein Bild, dessen Klasse unter den durchsuchten ist, gefunden: nichts</translation>
    </message>
    <message>
        <source>k: must be at least 1, found {0}</source>
        <translation>k: muss mindestens 1 sein, gefunden: {0}</translation>
    </message>
    <message>
        <source>kind must be one of {0}, found {1}</source>
        <translation>kind muss eines davon sein: {0}, gefunden: {1}</translation>
    </message>
    <message>
        <source>lacks {0}</source>
        <translation>hat kein {0}</translation>
    </message>
    <message>
        <source>laying out the points</source>
        <translation>Punkte werden angeordnet</translation>
    </message>
    <message>
        <source>left out as excluded from the run: {0} of {1} images</source>
        <translation>weggelassen, da vom Lauf ausgeschlossen: {0} von {1} Bildern</translation>
    </message>
    <message>
        <source>left out, since they cannot be used: {0}</source>
        <translation>weggelassen, da sie sich nicht verwenden lassen: {0}</translation>
    </message>
    <message>
        <source>letting neighbours vote</source>
        <translation>Nachbarn stimmen ab</translation>
    </message>
    <message>
        <source>line break</source>
        <translation>Zeilenumbruch</translation>
    </message>
    <message>
        <source>line {0}</source>
        <translation>Zeile {0}</translation>
    </message>
    <message>
        <source>listing images</source>
        <translation>Bilder werden aufgelistet</translation>
    </message>
    <message>
        <source>looking up neighbours</source>
        <translation>Nachbarn werden nachgeschlagen</translation>
    </message>
    <message>
        <source>loss: must be {0} {1}, found {2}</source>
        <translation>loss: muss {1} {0} sein, gefunden: {2}</translation>
    </message>
    <message>
        <source>mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <source>mask array</source>
        <translation>Masken-Array</translation>
    </message>
    <message>
        <source>mask of another size</source>
        <translation>Maske anderer Größe</translation>
    </message>
    <message>
        <source>mask that is all foreground</source>
        <translation>Maske, die ganz Vordergrund ist</translation>
    </message>
    <message>
        <source>match: must be names or all, found {0}</source>
        <translation>match: muss names oder all sein, gefunden: {0}</translation>
    </message>
    <message>
        <source>measuring pairs of half of the identities</source>
        <translation>Paare der Hälfte der Identitäten werden gemessen</translation>
    </message>
    <message>
        <source>measuring parts of what was drawn</source>
        <translation>Teile des Gezogenen werden gemessen</translation>
    </message>
    <message>
        <source>memory: must be 0 or hold a whole batch, here {0} images, found {1}</source>
        <translation>memory: muss 0 sein oder einen ganzen Stapel fassen, hier {0} Bilder, gefunden: {1}</translation>
    </message>
    <message>
        <source>memory: must be 0 {0}, found {1}</source>
        <translation>memory: muss {0} 0 sein, gefunden: {1}</translation>
    </message>
    <message>
        <source>mend the file, or move it away to use the data as it is</source>
        <translation>die Datei ausbessern, oder sie wegbewegen, um die Daten zu nehmen, wie sie sind</translation>
    </message>
    <message>
        <source>micro_batch: must leave none of {0} images by itself with {1}, whose batch norms need two, found {2}</source>
        <translation>micro_batch: darf bei {1}, dessen Batch-Norms zwei brauchen, keines von {0} Bildern allein lassen, gefunden: {2}</translation>
    </message>
    <message>
        <source>micro_batch: this backbone&apos;s batch norms see {0} images at once, so {1}.</source>
        <translation>micro_batch: die Batch-Norms dieses Backbones sehen {0} Bilder auf einmal, daher: {1}.</translation>
    </message>
    <message>
        <source>must be 0 with {0}, which compares with class vectors</source>
        <translation>muss bei {0} 0 sein, einem Verlust, der mit Klassenvektoren vergleicht</translation>
    </message>
    <message>
        <source>must be a share between 0 and 1, or a file that names the classes</source>
        <translation>muss ein Anteil zwischen 0 und 1 sein, oder eine Datei, die die Klassen nennt</translation>
    </message>
    <message>
        <source>must be ddp where the model is compiled</source>
        <translation>muss ddp sein, wo das Modell kompiliert wird</translation>
    </message>
    <message>
        <source>must be ddp with the balance {0}, which needs each task&apos;s whole gradient</source>
        <translation>muss mit dem Ausgleich {0}, der den ganzen Gradienten jeder Aufgabe braucht, ddp sein</translation>
    </message>
    <message>
        <source>must be left out where pretrained is on: weights come from one place</source>
        <translation>muss wegbleiben, wo pretrained an ist: Gewichte kommen von einer Stelle</translation>
    </message>
    <message>
        <source>must be one of {0}</source>
        <translation>muss eines davon sein: {0}</translation>
    </message>
    <message>
        <source>must be values of pixels such as 1 or 1,3 or 1-254</source>
        <translation>muss Werte von Pixeln nennen, etwa 1 oder 1,3 oder 1-254</translation>
    </message>
    <message>
        <source>must be {0} with at least one pixel, found {1}</source>
        <translation>muss {0} mit mindestens einem Pixel sein, gefunden: {1}</translation>
    </message>
    <message>
        <source>must leave a stage of the backbone to train, {0} has {1} in all</source>
        <translation>muss eine Stufe des Backbones zum Trainieren lassen, {0} hat insgesamt {1}</translation>
    </message>
    <message>
        <source>name a class</source>
        <translation>eine Klasse nennen</translation>
    </message>
    <message>
        <source>name an image</source>
        <translation>ein Bild nennen</translation>
    </message>
    <message>
        <source>name: may have at most {0} characters, found {1}</source>
        <translation>name: darf höchstens {0} Zeichen haben, gefunden: {1}</translation>
    </message>
    <message>
        <source>name: may take at most {0} bytes, found {1}</source>
        <translation>name: darf höchstens {0} Bytes brauchen, gefunden: {1}</translation>
    </message>
    <message>
        <source>name: must not be empty, found {0}</source>
        <translation>name: darf nicht leer sein, gefunden: {0}</translation>
    </message>
    <message>
        <source>name: must not be enrolled yet, found {0}; remove or rename that one first</source>
        <translation>name: darf noch nicht eingetragen sein, gefunden: {0}; jenen erst entfernen oder umbenennen</translation>
    </message>
    <message>
        <source>name: must not be one that Windows keeps for devices, found {0}</source>
        <translation>name: darf keiner sein, den Windows für Geräte vorbehält, gefunden: {0}</translation>
    </message>
    <message>
        <source>name: must not begin or end with a point, found {0}</source>
        <translation>name: darf nicht mit einem Punkt beginnen oder enden, gefunden: {0}</translation>
    </message>
    <message>
        <source>name: must not have a {0}, found U+{1}</source>
        <translation>name: nicht erlaubt: {0}, gefunden: U+{1}</translation>
    </message>
    <message>
        <source>name: must not have any of {0}, found {1} in {2}</source>
        <translation>name: darf keines der Zeichen {0} enthalten, gefunden: {1} in {2}</translation>
    </message>
    <message>
        <source>nearest of {0} images by {1} distance, {2}</source>
        <translation>nächste von {0} Bildern, Distanz: {1}, {2}</translation>
    </message>
    <message>
        <source>neighbourhoods can be compared from {0} images up, found {1}</source>
        <translation>Nachbarschaften lassen sich ab {0} Bildern vergleichen, gefunden: {1}</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>no file</source>
        <translation>keine Datei</translation>
    </message>
    <message>
        <source>no folder</source>
        <translation>kein Ordner</translation>
    </message>
    <message>
        <source>no image that can be read, found a file starting {0}</source>
        <translation>kein lesbares Bild, gefunden: eine Datei mit dem Anfang {0}</translation>
    </message>
    <message>
        <source>no interval, since identities cannot be drawn where only pairs are listed</source>
        <translation>kein Intervall, da sich Identitäten nicht ziehen lassen, wo nur Paare aufgeführt sind</translation>
    </message>
    <message>
        <source>no line for {0}; </source>
        <translation>keine Zeile seit {0}; </translation>
    </message>
    <message>
        <source>no mask</source>
        <translation>keine Maske</translation>
    </message>
    <message>
        <source>no space left on device</source>
        <translation>kein Platz mehr auf dem Datenträger</translation>
    </message>
    <message>
        <source>no such file</source>
        <translation>keine solche Datei</translation>
    </message>
    <message>
        <source>no such file or directory</source>
        <translation>keine solche Datei oder kein solcher Ordner</translation>
    </message>
    <message>
        <source>no thumbnails: a sprite of at most {0} x {1} pixels has no room for {2} images of {3} x {4}</source>
        <translation>keine Vorschaubilder: ein Sprite von höchstens {0} x {1} Pixeln hat keinen Platz für {2} Bilder mit {3} x {4}</translation>
    </message>
    <message>
        <source>no thumbnails: {0}</source>
        <translation>keine Vorschaubilder: {0}</translation>
    </message>
    <message>
        <source>no usable image in this folder</source>
        <translation>kein brauchbares Bild in diesem Ordner</translation>
    </message>
    <message>
        <source>not a directory</source>
        <translation>kein Ordner</translation>
    </message>
    <message>
        <source>not a file</source>
        <translation>keine Datei</translation>
    </message>
    <message>
        <source>not installed</source>
        <translation>nicht installiert</translation>
    </message>
    <message>
        <source>note: may have at most {0} characters, found {1}</source>
        <translation>note: höchstens {0} Zeichen erlaubt, gefunden: {1}</translation>
    </message>
    <message>
        <source>note: must not have a control character, found U+{0}</source>
        <translation>note: darf kein Steuerzeichen enthalten, gefunden: U+{0}</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>nothing there</source>
        <translation>dort nichts</translation>
    </message>
    <message>
        <source>open-set rates need an identity with more than {0} images to enrol and another one for a stranger, found {1} identities, of which {2} have as many</source>
        <translation>Raten der offenen Menge brauchen eine Identität mit mehr als {0} Bildern zum Eintragen und eine weitere als Fremden, gefunden: {1} Identitäten, davon {2} mit so vielen</translation>
    </message>
    <message>
        <source>open-set rates need identities, found a list of pairs, of which no others are known</source>
        <translation>Raten der offenen Menge brauchen Identitäten, gefunden: eine Liste von Paaren, von denen sonst keine bekannt sind</translation>
    </message>
    <message>
        <source>open-set rates need images to look up, found none outside the groups that were enrolled</source>
        <translation>Raten der offenen Menge brauchen Bilder zum Nachschlagen, gefunden: keine außerhalb der eingetragenen Gruppen</translation>
    </message>
    <message>
        <source>other data</source>
        <translation>andere Daten</translation>
    </message>
    <message>
        <source>pairs: at most {0} can be judged at once, found {1} for {2}; name the wanted ones in a CSV file</source>
        <translation>pairs: höchstens {0} lassen sich auf einmal beurteilen, gefunden: {1} bei {2}; die gewünschten in einer CSV-Datei nennen</translation>
    </message>
    <message>
        <source>pairs: one CSV file, one folder or two folders are needed, found {0}</source>
        <translation>pairs: eine CSV-Datei, ein Ordner oder zwei Ordner sind nötig, gefunden: {0}</translation>
    </message>
    <message>
        <source>patience: needs genuine and impostor pairs among the held-out images to judge an epoch by</source>
        <translation>patience: braucht echte und fremde Paare unter den zurückgehaltenen Bildern, um eine Epoche daran zu beurteilen</translation>
    </message>
    <message>
        <source>permission denied</source>
        <translation>keine Berechtigung</translation>
    </message>
    <message>
        <source>placing the points</source>
        <translation>Punkte werden platziert</translation>
    </message>
    <message>
        <source>pretrained: must be off for the backbone &apos;small&apos;, which has no pretrained weights, found on</source>
        <translation>pretrained: muss beim Backbone „small“ aus sein, das keine vortrainierten Gewichte hat, gefunden: an</translation>
    </message>
    <message>
        <source>pretrained: the weights of {0} could not be downloaded from {1} ({2}); switch &apos;pretrained&apos; off to start from random weights</source>
        <translation>pretrained: die Gewichte von {0} ließen sich nicht von {1} herunterladen ({2}); „pretrained“ ausschalten, um mit zufälligen Gewichten zu beginnen</translation>
    </message>
    <message>
        <source>queries: at least 1 must be drawn, found {0}</source>
        <translation>queries: mindestens 1 muss gezogen werden, gefunden: {0}</translation>
    </message>
    <message>
        <source>read-only file system</source>
        <translation>Dateisystem nur lesbar</translation>
    </message>
    <message>
        <source>reading images</source>
        <translation>Bilder werden gelesen</translation>
    </message>
    <message>
        <source>retrieval needs a class with 2 images{0}, found none of {1}</source>
        <translation>die Suche braucht eine Klasse mit 2 Bildern{0}, gefunden: keine von {1}</translation>
    </message>
    <message>
        <source>rolled back</source>
        <translation>zurückgesetzt</translation>
    </message>
    <message>
        <source>rows that name an image which cannot be used: {0}</source>
        <translation>Zeilen, die ein nicht brauchbares Bild nennen: {0}</translation>
    </message>
    <message>
        <source>rule: must be mean or nearest, found {0}</source>
        <translation>rule: muss mean oder nearest sein, gefunden: {0}</translation>
    </message>
    <message>
        <source>run must be that of this run, {0}, found {1}</source>
        <translation>run muss das von diesem Lauf sein, {0}, gefunden: {1}</translation>
    </message>
    <message>
        <source>same must be 0 or 1, found {0}</source>
        <translation>same muss 0 oder 1 sein, gefunden: {0}</translation>
    </message>
    <message>
        <source>same must be 1, 0 or left empty, found {0}</source>
        <translation>same muss 1, 0 oder leer sein, gefunden: {0}</translation>
    </message>
    <message>
        <source>sampled: precision@1 is of {0} of {1} images, among all</source>
        <translation>gezogen: precision@1 ist von {0} von {1} Bildern, unter allen</translation>
    </message>
    <message>
        <source>sampled: verification is of {0}</source>
        <translation>gezogen: Verifikation ist von {0}</translation>
    </message>
    <message>
        <source>sampled: {0}</source>
        <translation>gezogen: {0}</translation>
    </message>
    <message>
        <source>searching among all images</source>
        <translation>unter allen Bildern wird gesucht</translation>
    </message>
    <message>
        <source>seconds must name the phases of a step, found {0}</source>
        <translation>seconds muss die Phasen eines Schritts nennen, gefunden: {0}</translation>
    </message>
    <message>
        <source>semi-hard mining has found no triplet, although {0} of the last batch are hard</source>
        <translation>das halbschwere Mining fand kein Triplet, obwohl vom letzten Stapel {0} schwer sind</translation>
    </message>
    <message>
        <source>shard: must be at least 1 image, found {0}</source>
        <translation>shard: muss mindestens 1 Bild sein, gefunden: {0}</translation>
    </message>
    <message>
        <source>shards of another size</source>
        <translation>Shards anderer Größe</translation>
    </message>
    <message>
        <source>split: a list of {0} needs an open split, by identities, found closed</source>
        <translation>split: eine Liste ({0}) braucht eine offene Teilung, nach Identitäten, gefunden: closed</translation>
    </message>
    <message>
        <source>starting the processes</source>
        <translation>Prozesse werden gestartet</translation>
    </message>
    <message>
        <source>starts from the weights of {0} at step {1}{2}</source>
        <translation>beginnt mit den Gewichten von {0} bei Schritt {1}{2}</translation>
    </message>
    <message>
        <source>starts over, since it has no checkpoint yet</source>
        <translation>beginnt von vorn, da es noch keinen Checkpoint gibt</translation>
    </message>
    <message>
        <source>that takes at least {0} identities, found {1}</source>
        <translation>das geht ab {0} Identitäten, gefunden: {1}</translation>
    </message>
    <message>
        <source>the Embedding Projector needs at least one point, found none</source>
        <translation>der Embedding Projector braucht mindestens einen Punkt, gefunden: nichts</translation>
    </message>
    <message>
        <source>the architecture&apos;s {0} must be {1}, found {2}</source>
        <translation>der Wert {0} der Architektur muss {1} sein, gefunden: {2}</translation>
    </message>
    <message>
        <source>the classes are those of training (closed set), so the episodes are not of new classes</source>
        <translation>die Klassen sind die des Trainings (geschlossene Menge), die Episoden sind also nicht aus neuen Klassen</translation>
    </message>
    <message>
        <source>the classification head (other classes)</source>
        <translation>der Klassifikations-Kopf (andere Klassen)</translation>
    </message>
    <message>
        <source>the column {0} must stand once, found it {1} times</source>
        <translation>die Spalte {0} muss einmal stehen, gefunden: {1}-mal</translation>
    </message>
    <message>
        <source>the decoder of masks (that run had none)</source>
        <translation>der Decoder der Masken (jener Lauf hatte keinen)</translation>
    </message>
    <message>
        <source>the device ran out of memory, so from step {0} on {1} images at once pass through the network; the losses are still those of the whole batch</source>
        <translation>der Speicher des Geräts reichte nicht, daher gehen ab Schritt {0} {1} Bilder auf einmal durch das Netz; die Verluste sind weiter die des ganzen Stapels</translation>
    </message>
    <message>
        <source>the device ran out of memory; use a smaller batch or image size</source>
        <translation>der Speicher des Geräts reichte nicht; einen kleineren Stapel oder eine kleinere Bildgröße nehmen</translation>
    </message>
    <message>
        <source>the disk failed ({0}); the gallery stays as it was</source>
        <translation>der Datenträger versagte ({0}); die Galerie bleibt, wie sie war</translation>
    </message>
    <message>
        <source>the disk is full; the gallery stays as it was</source>
        <translation>der Datenträger ist voll; die Galerie bleibt, wie sie war</translation>
    </message>
    <message>
        <source>the embedding head (of size {0} in place of {1})</source>
        <translation>der Embedding-Kopf (Größe {0} statt {1})</translation>
    </message>
    <message>
        <source>the embeddings are those of step {0}, the newest weights of step {1}</source>
        <translation>die Embeddings sind die von Schritt {0}, die neuesten Gewichte die von Schritt {1}</translation>
    </message>
    <message>
        <source>the embeddings have lain on a line (effective rank {0})</source>
        <translation>die Embeddings liegen auf einer Geraden (effektiver Rang {0})</translation>
    </message>
    <message>
        <source>the epoch to keep is chosen by the held-out part, so figures on the same part are optimistic; for figures to publish, evaluate on images that neither trained nor chose</source>
        <translation>die Epoche, die bleibt, wird am zurückgehaltenen Teil gewählt, also sind Größen auf demselben Teil zu günstig; für Größen zum Veröffentlichen auf Bildern auswerten, mit denen weder trainiert noch gewählt wurde</translation>
    </message>
    <message>
        <source>the file</source>
        <translation>die Datei</translation>
    </message>
    <message>
        <source>the file cannot be opened ({0})</source>
        <translation>die Datei lässt sich nicht öffnen ({0})</translation>
    </message>
    <message>
        <source>the file cannot be read ({0})</source>
        <translation>die Datei ist nicht lesbar ({0})</translation>
    </message>
    <message>
        <source>the first line must hold two positive numbers, folds and pairs of each kind, or the latter alone</source>
        <translation>die erste Zeile muss zwei positive Zahlen enthalten, Teile und Paare jeder Art, oder nur die letztere</translation>
    </message>
    <message>
        <source>the first line must name the columns image_a,image_b and, where it is known, same</source>
        <translation>die erste Zeile muss die Spalten image_a,image_b und, wo es bekannt ist, same nennen</translation>
    </message>
    <message>
        <source>the first line must name the columns {0}</source>
        <translation>die erste Zeile muss die Spalten {0} nennen</translation>
    </message>
    <message>
        <source>the first {0} in {1}</source>
        <translation>zuerst {0} in {1}</translation>
    </message>
    <message>
        <source>the first {0} of {1} stages of {2} keep their weights</source>
        <translation>die ersten {0} von {1} Stufen von {2} behalten ihre Gewichte</translation>
    </message>
    <message>
        <source>the folder cannot be read ({0})</source>
        <translation>der Ordner ist nicht lesbar ({0})</translation>
    </message>
    <message>
        <source>the foreground of a mask must be 1 or above {0}, found {1} at most</source>
        <translation>der Vordergrund einer Maske muss 1 oder über {0} sein, gefunden: höchstens {1}</translation>
    </message>
    <message>
        <source>the gallery cannot be changed, its file or folder must be writable</source>
        <translation>die Galerie lässt sich nicht ändern, ihre Datei oder ihr Ordner muss schreibbar sein</translation>
    </message>
    <message>
        <source>the gallery cannot be opened, its file must be readable</source>
        <translation>die Galerie lässt sich nicht öffnen, ihre Datei muss lesbar sein</translation>
    </message>
    <message>
        <source>the gallery cannot be opened, its file must be readable and its folder writable</source>
        <translation>die Galerie lässt sich nicht öffnen, ihre Datei muss lesbar und ihr Ordner schreibbar sein</translation>
    </message>
    <message>
        <source>the gallery is damaged ({0}); it was left as it is, move it away to begin a new one</source>
        <translation>die Galerie ist beschädigt ({0}); sie blieb, wie sie ist; wegbewegen, um eine neue zu beginnen</translation>
    </message>
    <message>
        <source>the gradient of {0}</source>
        <translation>der Gradient von {0}</translation>
    </message>
    <message>
        <source>the header promises {0}, so {1} lines must follow, found {2}{3}</source>
        <translation>die Kopfzeile verspricht {0}, also müssen {1} Zeilen folgen, gefunden: {2}{3}</translation>
    </message>
    <message>
        <source>the image is damaged or of an unknown kind ({0})</source>
        <translation>das Bild ist beschädigt oder von unbekannter Art ({0})</translation>
    </message>
    <message>
        <source>the image is gone</source>
        <translation>das Bild ist nicht mehr da</translation>
    </message>
    <message>
        <source>the images excluded stay as they were: {0}</source>
        <translation>die ausgeschlossenen Bilder bleiben, wie sie waren: {0}</translation>
    </message>
    <message>
        <source>the list names it, but its image is missing</source>
        <translation>die Liste nennt es, aber sein Bild fehlt</translation>
    </message>
    <message>
        <source>the metric loss has sat at {0}, its value at margin {1} when all images are embedded in one place</source>
        <translation>der metrische Verlust steht bei {0}, seinem Wert beim Abstand {1}, wenn alle Bilder an einer Stelle eingebettet sind</translation>
    </message>
    <message>
        <source>the model makes no finite embedding of it</source>
        <translation>das Modell macht daraus kein endliches Embedding</translation>
    </message>
    <message>
        <source>the model&apos;s output {0}</source>
        <translation>die Ausgabe {0} des Modells</translation>
    </message>
    <message>
        <source>the model&apos;s {0} must be {1}, found {2}</source>
        <translation>der Wert {0} des Modells muss {1} sein, gefunden: {2}</translation>
    </message>
    <message>
        <source>the name is not valid UTF-8</source>
        <translation>der Name ist kein gültiges UTF-8</translation>
    </message>
    <message>
        <source>the newest look at the model has {0} of {1} held-out images</source>
        <translation>der neueste Blick auf das Modell hat {0} von {1} zurückgehaltenen Bildern</translation>
    </message>
    <message>
        <source>the newest snapshot has {0} of {1} held-out images</source>
        <translation>der neueste Blick hat {0} von {1} zurückgehaltenen Bildern</translation>
    </message>
    <message>
        <source>the norm of the gradient is {0}</source>
        <translation>die Norm des Gradienten ist {0}</translation>
    </message>
    <message>
        <source>the number of an image must be a positive whole number, found {0}</source>
        <translation>die Nummer eines Bildes muss eine positive ganze Zahl sein, gefunden: {0}</translation>
    </message>
    <message>
        <source>the projection process could not be started ({0})</source>
        <translation>der Projektionsprozess ließ sich nicht starten ({0})</translation>
    </message>
    <message>
        <source>the projection process ended by itself (exit code {0})</source>
        <translation>der Projektionsprozess endete von selbst (Exit-Code {0})</translation>
    </message>
    <message>
        <source>the same image to train on and held out, so that what is measured is better than it should be</source>
        <translation>dasselbe Bild zum Trainieren und zurückgehalten, sodass das Gemessene besser ist, als es sein sollte</translation>
    </message>
    <message>
        <source>the same image, or one that looks the same, in more than one class</source>
        <translation>dasselbe Bild, oder eines, das gleich aussieht, in mehr als einer Klasse</translation>
    </message>
    <message>
        <source>activation decomposition</source>
        <translation>Zerlegung der Aktivierung</translation>
    </message>
    <message>
        <source>the snapshot</source>
        <translation>der Blick</translation>
    </message>
    <message>
        <source>the table must have the columns {0}</source>
        <translation>die Tabelle muss die Spalten {0} haben</translation>
    </message>
    <message>
        <source>the threshold must be for {0}, found {1}</source>
        <translation>die Schwelle muss für {0} sein, gefunden: {1}</translation>
    </message>
    <message>
        <source>the threshold was not checked on other identities than it was chosen on: {0}</source>
        <translation>Schwelle nicht an anderen geprüft: {0}</translation>
    </message>
    <message>
        <source>the total loss</source>
        <translation>der Gesamtverlust</translation>
    </message>
    <message>
        <source>the weight {0}</source>
        <translation>das Gewicht {0}</translation>
    </message>
    <message>
        <source>the weights are those of epoch {0}, whose held-out {1} of {2} was the best</source>
        <translation>die Gewichte sind die der Epoche {0}, deren Wert auf den zurückgehaltenen Bildern der beste war ({1}: {2})</translation>
    </message>
    <message>
        <source>the {0} loss</source>
        <translation>der Verlust {0}</translation>
    </message>
    <message>
        <source>this machine has no C++ compiler that works</source>
        <translation>diese Maschine hat keinen funktionierenden C++-Compiler</translation>
    </message>
    <message>
        <source>threshold: must be a finite distance, found {0}</source>
        <translation>threshold: muss eine endliche Distanz sein, gefunden: {0}</translation>
    </message>
    <message>
        <source>too many open files</source>
        <translation>zu viele offene Dateien</translation>
    </message>
    <message>
        <source>top: must be at least 1, found {0}</source>
        <translation>top: muss mindestens 1 sein, gefunden: {0}</translation>
    </message>
    <message>
        <source>torch.onnx.export has made no program</source>
        <translation>torch.onnx.export hat kein Programm erzeugt</translation>
    </message>
    <message>
        <source>tpr_at_fpr {0}</source>
        <translation>tpr_at_fpr {0}</translation>
    </message>
    <message>
        <source>training differs from that with whole batches, though losses and gradients are still those of a whole one</source>
        <translation>das Training weicht von dem mit ganzen Stapeln ab, obwohl Verluste und Gradienten weiter die eines ganzen sind</translation>
    </message>
    <message>
        <source>trying rates</source>
        <translation>Lernraten werden ausprobiert</translation>
    </message>
    <message>
        <source>two paths are needed, test and training image, found {0}</source>
        <translation>zwei Pfade sind nötig, Test- und Trainingsbild, gefunden: {0}</translation>
    </message>
    <message>
        <source>uint8 [H, W, 3]</source>
        <translation>uint8 [H, W, 3]</translation>
    </message>
    <message>
        <source>uint8 [H, W]</source>
        <translation>uint8 [H, W]</translation>
    </message>
    <message>
        <source>unexpected {0}{1}</source>
        <translation>unerwartet: {0}{1}</translation>
    </message>
    <message>
        <source>unfinished: {0} of {1} shards are there; the same &apos;embed&apos; again makes the others</source>
        <translation>unfertig: {0} von {1} Shards sind da; dasselbe „embed“ noch einmal macht die anderen</translation>
    </message>
    <message>
        <source>unpacking {0}</source>
        <translation>{0} wird entpackt</translation>
    </message>
    <message>
        <source>was ended by signal {0}</source>
        <translation>wurde durch Signal {0} beendet</translation>
    </message>
    <message>
        <source>weighing neighbours</source>
        <translation>Nachbarn werden gewichtet</translation>
    </message>
    <message>
        <source>whether its process lives cannot be told from this machine</source>
        <translation>ob sein Prozess lebt, ist von dieser Maschine aus nicht zu sagen</translation>
    </message>
    <message>
        <source>{0} and the statistics of their norms; the stages after them are trained</source>
        <translation>{0} und die Statistiken ihrer Normierungen; die Stufen danach werden trainiert</translation>
    </message>
    <message>
        <source>{0} and was started again</source>
        <translation>{0} und wurde neu gestartet</translation>
    </message>
    <message>
        <source>{0} at step {1}, and so for {2} steps in a row</source>
        <translation>{0} bei Schritt {1}, und so {2} Schritte hintereinander</translation>
    </message>
    <message>
        <source>{0} before it could work</source>
        <translation>{0}, bevor er arbeiten konnte</translation>
    </message>
    <message>
        <source>{0} by step {1} of {2}</source>
        <translation>{0} mit Schritt {1} von {2}</translation>
    </message>
    <message>
        <source>{0} bytes are missing</source>
        <translation>{0} Bytes fehlen</translation>
    </message>
    <message>
        <source>{0} cannot be {1}</source>
        <translation>{0} kann nicht {1} sein</translation>
    </message>
    <message>
        <source>{0} folds of </source>
        <translation>{0} Teile, je </translation>
    </message>
    <message>
        <source>{0} has trained on {1} of the {2} images that are held out now, so figures on them are optimistic; split the data as that run does</source>
        <translation>{0} hat mit {1} der {2} Bilder trainiert, die jetzt zurückgehalten sind, daher sind Größen auf ihnen zu günstig; die Daten teilen wie jener Lauf</translation>
    </message>
    <message>
        <source>{0} images lie outside the class folders</source>
        <translation>Bilder außerhalb der Klassenordner: {0}</translation>
    </message>
    <message>
        <source>{0} is missing</source>
        <translation>{0} fehlt</translation>
    </message>
    <message>
        <source>{0} is not finite after step {1}; lower the learning rate or the weights of the losses</source>
        <translation>{0} ist nach Schritt {1} nicht endlich; die Lernrate oder die Gewichte der Verluste senken</translation>
    </message>
    <message>
        <source>{0} is one set without folds, so its accuracy is that of the run&apos;s threshold</source>
        <translation>{0} ist eine einzige Menge ohne Teile, daher ist ihre Genauigkeit die bei der Schwelle des Laufs</translation>
    </message>
    <message>
        <source>{0} masks belong to no image</source>
        <translation>Masken, die zu keinem Bild gehören: {0}</translation>
    </message>
    <message>
        <source>{0} more images have several frames or pages, of which the first is used.</source>
        <translation>{0} weitere Bilder haben mehrere Einzelbilder oder Seiten, von denen jeweils das erste benutzt wird.</translation>
    </message>
    <message>
        <source>{0} must be as many as {1}, found {2} and {3}</source>
        <translation>{0} müssen so viele sein wie {1}, gefunden: {2} und {3}</translation>
    </message>
    <message>
        <source>{0} must be finite and rise, found others</source>
        <translation>{0} müssen endlich sein und steigen, gefunden: andere</translation>
    </message>
    <message>
        <source>{0} must be int64 [pairs, 2], found {1} {2}</source>
        <translation>{0} muss int64 [pairs, 2] sein, gefunden: {1} {2}</translation>
    </message>
    <message>
        <source>{0} must be of one group, found {1}, and {2} in {3}</source>
        <translation>{0} muss aus einer Gruppe sein, gefunden: {1}, und {2} in {3}</translation>
    </message>
    <message>
        <source>{0} must be on this computer, found {1}</source>
        <translation>{0} muss auf diesem Computer sein, gefunden: {1}</translation>
    </message>
    <message>
        <source>{0} must be one of {1}, found {2}</source>
        <translation>{0} muss eines davon sein: {1}, gefunden: {2}</translation>
    </message>
    <message>
        <source>{0} must be {1} with at least one value, found {2}</source>
        <translation>{0} muss {1} mit mindestens einem Wert sein, gefunden: {2}</translation>
    </message>
    <message>
        <source>{0} must each be at least 1 and together at most 2^53, found others</source>
        <translation>{0} müssen je mindestens 1 und zusammen höchstens 2^53 sein, gefunden: andere</translation>
    </message>
    <message>
        <source>{0} must have {1} bytes, found {2}</source>
        <translation>{0} muss {1} Bytes haben, gefunden: {2}</translation>
    </message>
    <message>
        <source>{0} must lie in the folder of the file, found {1}{2}</source>
        <translation>{0} muss im Ordner der Datei liegen, gefunden: {1}{2}</translation>
    </message>
    <message>
        <source>{0} must name an image, found nothing</source>
        <translation>{0} muss ein Bild nennen, gefunden: nichts</translation>
    </message>
    <message>
        <source>{0} must stand once, found it in {1} too</source>
        <translation>{0} muss einmal stehen, gefunden: auch in {1}</translation>
    </message>
    <message>
        <source>{0} must {1}, found nothing</source>
        <translation>{0} muss {1}, gefunden: nichts</translation>
    </message>
    <message>
        <source>{0} needs a class with 2 embeddings, found {1} classes with 1 each</source>
        <translation>{0} braucht eine Klasse mit 2 Embeddings, gefunden: {1} Klassen mit je 1</translation>
    </message>
    <message>
        <source>{0} needs at least 2 classes, found 1</source>
        <translation>{0} braucht mindestens 2 Klassen, gefunden: 1</translation>
    </message>
    <message>
        <source>{0} needs at least 2 embeddings, found {1}</source>
        <translation>{0} braucht mindestens 2 Embeddings, gefunden: {1}</translation>
    </message>
    <message>
        <source>{0} of {1} classes have fewer than the {2} images that a batch takes of each (the smallest has {3}): their images repeat within a batch.</source>
        <translation>{0} von {1} Klassen haben weniger als die {2} Bilder, die ein Stapel von jeder nimmt (die kleinste hat {3}): Ihre Bilder wiederholen sich im Stapel.</translation>
    </message>
    <message>
        <source>{0} of {1} images</source>
        <translation>{0} von {1} Bildern</translation>
    </message>
    <message>
        <source>{0} people with one image are left out</source>
        <translation>{0} Personen mit nur einem Bild sind weggelassen</translation>
    </message>
    <message>
        <source>{0} says itself which images are held out.</source>
        <translation>{0} sagt selbst, welche Bilder zurückgehalten werden.</translation>
    </message>
    <message>
        <source>{0} says itself which images are held out; the settings split and holdout do nothing.</source>
        <translation>{0} sagt selbst, welche Bilder zurückgehalten werden; die Einstellungen split und holdout bewirken nichts.</translation>
    </message>
    <message>
        <source>{0}, first named in line {1}</source>
        <translation>{0}, zuerst genannt in Zeile {1}</translation>
    </message>
    <message>
        <source>{0}, found more than {1}</source>
        <translation>{0}, gefunden: mehr als {1}</translation>
    </message>
    <message>
        <source>{0}, found {1}</source>
        <translation>{0}, gefunden: {1}</translation>
    </message>
    <message>
        <source>{0}, found {1} x {2} pixels</source>
        <translation>{0}, gefunden: {1} x {2} Pixel</translation>
    </message>
    <message>
        <source>{0}, found {1}: {2}</source>
        <translation>{0}, gefunden: {1}: {2}</translation>
    </message>
    <message>
        <source>{0}, line {1}</source>
        <translation>{0}, Zeile {1}</translation>
    </message>
    <message>
        <source>{0}, line {1}: a row must have the header&apos;s {2} fields, found {3}</source>
        <translation>{0}, Zeile {1}: eine Zeile muss die {2} Felder der Kopfzeile haben, gefunden: {3}</translation>
    </message>
    <message>
        <source>{0}, line {1}: must be a number and a text, found {2}</source>
        <translation>{0}, Zeile {1}: muss eine Zahl und ein Text sein, gefunden: {2}</translation>
    </message>
    <message>
        <source>{0}, line {1}: must begin with &lt;breed&gt;_&lt;number&gt;, found {2}</source>
        <translation>{0}, Zeile {1}: muss mit &lt;Rasse&gt;_&lt;Nummer&gt; beginnen, gefunden: {2}</translation>
    </message>
    <message>
        <source>{0}, line {1}: must name one of the usable classes of {2}, found {3}</source>
        <translation>{0}, Zeile {1}: muss eine der verwendbaren Klassen von {2} nennen, gefunden: {3}</translation>
    </message>
    <message>
        <source>{0}, line {1}: not valid CSV ({2})</source>
        <translation>{0}, Zeile {1}: kein gültiges CSV ({2})</translation>
    </message>
    <message>
        <source>{0}, line {1}: the file must be UTF-8 text ({2})</source>
        <translation>{0}, Zeile {1}: die Datei muss UTF-8-Text sein ({2})</translation>
    </message>
    <message>
        <source>{0}, line {1}: {2}</source>
        <translation>{0}, Zeile {1}: {2}</translation>
    </message>
    <message>
        <source>{0}, named in {1}</source>
        <translation>{0}, genannt in {1}</translation>
    </message>
    <message>
        <source>{0}, separated by commas</source>
        <translation>{0}, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>{0}, separated by commas, found no {1} in {2}</source>
        <translation>{0}, durch Kommas getrennt, gefunden: kein {1} in {2}</translation>
    </message>
    <message>
        <source>{0}, separated by commas, found {1}</source>
        <translation>{0}, durch Kommas getrennt, gefunden: {1}</translation>
    </message>
    <message>
        <source>{0}, which are random: without pretrained weights or another run&apos;s, frozen stages have learned nothing</source>
        <translation>{0}, die zufällig sind: Ohne vortrainierte Gewichte oder die eines anderen Laufs haben eingefrorene Stufen nichts gelernt</translation>
    </message>
    <message>
        <source>{0}, {1} of {2} of {3} identities (seed {4})</source>
        <translation>{0}, {1} von {2} von {3} Identitäten (Startwert {4})</translation>
    </message>
    <message>
        <source>{0}: Parquet files need pyarrow: pip install &apos;metric-explorer[parquet]&apos;</source>
        <translation>{0}: Parquet-Dateien brauchen pyarrow: pip install &apos;metric-explorer[parquet]&apos;</translation>
    </message>
    <message>
        <source>{0}: SPEC must be a LossSpec of literals, since it is read without torch ({1})</source>
        <translation>{0}: SPEC muss eine LossSpec aus Literalen sein, da sie ohne torch gelesen wird ({1})</translation>
    </message>
    <message>
        <source>{0}: a bundle is replaced as a whole, found another file in it, {1}</source>
        <translation>{0}: ein Bundle wird als Ganzes ersetzt, gefunden: darin eine andere Datei, {1}</translation>
    </message>
    <message>
        <source>{0}: a bundle needs a new or an empty folder, found other files there</source>
        <translation>{0}: ein Bundle braucht einen neuen oder leeren Ordner, gefunden: andere Dateien</translation>
    </message>
    <message>
        <source>{0}: a bundle needs an existing folder around it, {1} is none</source>
        <translation>{0}: ein Bundle braucht einen vorhandenen Ordner um sich, {1} ist keiner</translation>
    </message>
    <message>
        <source>{0}: a column beside image is needed, found none</source>
        <translation>{0}: neben image ist eine Spalte nötig, gefunden: nichts</translation>
    </message>
    <message>
        <source>{0}: a comparison needs images that all runs hold out, found none in common with {1}</source>
        <translation>{0}: ein Vergleich braucht Bilder, die alle Läufe zurückhalten, gefunden: nichts Gemeinsames mit {1}</translation>
    </message>
    <message>
        <source>{0}: a folder of embeddings is needed, as &apos;embed&apos; writes it, found {1}</source>
        <translation>{0}: ein Ordner mit Embeddings ist nötig, wie ihn „embed“ schreibt, gefunden: {1}</translation>
    </message>
    <message>
        <source>{0}: a folder of images is needed, found {1}</source>
        <translation>{0}: ein Ordner mit Bildern ist nötig, gefunden: {1}</translation>
    </message>
    <message>
        <source>{0}: a folder with runs is needed, found no &lt;run&gt;/{1} in it</source>
        <translation>{0}: ein Ordner mit Läufen ist nötig, kein &lt;run&gt;/{1} darin gefunden</translation>
    </message>
    <message>
        <source>{0}: a folder with runs is needed, found no folder</source>
        <translation>{0}: ein Ordner mit Läufen ist nötig, gefunden: kein Ordner</translation>
    </message>
    <message>
        <source>{0}: a list of pairs may have at most {1} MiB, found more</source>
        <translation>{0}: eine Paarliste darf höchstens {1} MiB haben, gefunden: mehr</translation>
    </message>
    <message>
        <source>{0}: a list of pairs must be a file, found something else</source>
        <translation>{0}: eine Paarliste muss eine Datei sein, gefunden: etwas anderes</translation>
    </message>
    <message>
        <source>{0}: a list of {1} names no classes, so none can be changed</source>
        <translation>{0}: eine Liste ({1}) nennt keine Klassen, also lässt sich keine ändern</translation>
    </message>
    <message>
        <source>{0}: a map needs at least 2 embeddings, found {1}</source>
        <translation>{0}: eine Karte braucht mindestens 2 Embeddings, gefunden: {1}</translation>
    </message>
    <message>
        <source>{0}: a row of the manifest is refused</source>
        <translation>{0}: eine Zeile des Manifests wird nicht angenommen</translation>
    </message>
    <message>
        <source>{0}: a run comes back to a place that is free, found one that is taken</source>
        <translation>{0}: ein Lauf kommt an einen freien Platz zurück, gefunden: ein belegter</translation>
    </message>
    <message>
        <source>{0}: a run goes on with its own settings; {1} has {2}, found {3} (--init starts a new run from its weights)</source>
        <translation>{0}: ein Lauf geht mit seinen eigenen Einstellungen weiter; {1} hat {2}, gefunden: {3} (--init beginnt einen neuen Lauf mit dessen Gewichten)</translation>
    </message>
    <message>
        <source>{0}: a run is a folder, found {1}</source>
        <translation>{0}: ein Lauf ist ein Ordner, gefunden: {1}</translation>
    </message>
    <message>
        <source>{0}: a run is needed for that, found a bundle, which holds no images</source>
        <translation>{0}: dafür ist ein Lauf nötig, gefunden: ein Bundle, das keine Bilder enthält</translation>
    </message>
    <message>
        <source>{0}: a run needs a name that is free, found one beside it that has this name</source>
        <translation>{0}: ein Lauf braucht einen freien Namen, daneben steht schon einer mit diesem Namen</translation>
    </message>
    <message>
        <source>{0}: a run needs a new or an empty folder, found other files there</source>
        <translation>{0}: ein Lauf braucht einen neuen oder leeren Ordner, gefunden: andere Dateien</translation>
    </message>
    <message>
        <source>{0}: all images must be embedded by the weights in use (step {1}), found {2} of {3} by others; `metric-explorer gallery RUN refresh` embeds them again</source>
        <translation>{0}: alle Bilder müssen mit den benutzten Gewichten eingebettet sein (Schritt {1}), mit anderen eingebettet: {2} von {3}; `metric-explorer gallery RUN refresh` bettet sie neu ein</translation>
    </message>
    <message>
        <source>{0}: all images of the runs must be there, found {1} missing, the first {2} ({3})</source>
        <translation>{0}: alle Bilder der Läufe müssen da sein, es fehlen {1}, zuerst {2} ({3})</translation>
    </message>
    <message>
        <source>{0}: all {1} images of the list must be there as .jpg or .png, found {2} missing, the first {3}.jpg</source>
        <translation>{0}: alle {1} Bilder der Liste müssen als .jpg oder .png da sein, es fehlen {2}, zuerst {3}.jpg</translation>
    </message>
    <message>
        <source>{0}: at least 2 classes are needed, found {1}</source>
        <translation>{0}: mindestens 2 Klassen sind nötig, gefunden: {1}</translation>
    </message>
    <message>
        <source>{0}: at least 2 images are needed to make a pair, found 1</source>
        <translation>{0}: für ein Paar sind mindestens 2 Bilder nötig, gefunden: 1</translation>
    </message>
    <message>
        <source>{0}: at least one class must be named, one a line, found none</source>
        <translation>{0}: mindestens eine Klasse muss genannt sein, eine je Zeile, gefunden: nichts</translation>
    </message>
    <message>
        <source>{0}: at least one genuine and one impostor pair are needed, found no {1} pair</source>
        <translation>{0}: mindestens ein echtes und ein fremdes Paar sind nötig, keines gefunden: {1}</translation>
    </message>
    <message>
        <source>{0}: at least one image is needed in this folder or those within, found none</source>
        <translation>{0}: in diesem Ordner oder darunter ist mindestens ein Bild nötig, gefunden: nichts</translation>
    </message>
    <message>
        <source>{0}: at least two classes with images are needed, found only {1}</source>
        <translation>{0}: mindestens zwei Klassen mit Bildern sind nötig, gefunden: nur {1}</translation>
    </message>
    <message>
        <source>{0}: at least two classes with images are needed, found {1}</source>
        <translation>{0}: mindestens zwei Klassen mit Bildern sind nötig, gefunden: {1}</translation>
    </message>
    <message>
        <source>{0}: at least two classes with images must be left, found {1}</source>
        <translation>{0}: mindestens zwei Klassen mit Bildern müssen übrig sein, gefunden: {1}</translation>
    </message>
    <message>
        <source>{0}: cannot be made ({1})</source>
        <translation>{0}: lässt sich nicht anlegen ({1})</translation>
    </message>
    <message>
        <source>{0}: cannot be moved to {1} ({2})</source>
        <translation>{0}: lässt sich nicht nach {1} verschieben ({2})</translation>
    </message>
    <message>
        <source>{0}: cannot be read ({1})</source>
        <translation>{0}: nicht lesbar ({1})</translation>
    </message>
    <message>
        <source>{0}: cannot be read ({1}); delete it to make it anew</source>
        <translation>{0}: nicht lesbar ({1}); löschen, um es neu anzulegen</translation>
    </message>
    <message>
        <source>{0}: cannot be unpacked ({1})</source>
        <translation>{0}: lässt sich nicht entpacken ({1})</translation>
    </message>
    <message>
        <source>{0}: cannot be written ({1})</source>
        <translation>{0}: nicht schreibbar ({1})</translation>
    </message>
    <message>
        <source>{0}: cannot be written ({1}); nothing was kept of it</source>
        <translation>{0}: nicht schreibbar ({1}); nichts davon wurde behalten</translation>
    </message>
    <message>
        <source>{0}: cannot be written ({1}); {2} of {3} images were copied</source>
        <translation>{0}: nicht schreibbar ({1}); {2} von {3} Bildern wurden kopiert</translation>
    </message>
    <message>
        <source>{0}: cannot be written ({1}){2}</source>
        <translation>{0}: nicht schreibbar ({1}){2}</translation>
    </message>
    <message>
        <source>{0}: cannot be written; is the disk full, or the folder not yours?</source>
        <translation>{0}: nicht schreibbar; ist der Datenträger voll, oder gehört der Ordner jemand anderem?</translation>
    </message>
    <message>
        <source>{0}: cannot go on, other images would be held out than when the run began</source>
        <translation>{0}: kann nicht weitergehen, es würden andere Bilder zurückgehalten als zu Beginn des Laufs</translation>
    </message>
    <message>
        <source>{0}: cannot go on, the images of {1} have changed since the run began</source>
        <translation>{0}: kann nicht weitergehen, die Bilder von {1} haben sich seit Beginn des Laufs geändert</translation>
    </message>
    <message>
        <source>{0}: damaged or exchanged, its SHA-256 must be that in {1}, found {2}</source>
        <translation>{0}: beschädigt oder ausgetauscht, der SHA-256 muss der in {1} sein, gefunden: {2}</translation>
    </message>
    <message>
        <source>{0}: damaged, W holds values that are not finite</source>
        <translation>{0}: beschädigt, W enthält Werte, die nicht endlich sind</translation>
    </message>
    <message>
        <source>{0}: damaged, W must be float64 [E, {1}], found {2} {3}</source>
        <translation>{0}: beschädigt, W muss float64 [E, {1}] sein, gefunden: {2} {3}</translation>
    </message>
    <message>
        <source>{0}: damaged, a line about {1} {2}</source>
        <translation>{0}: beschädigt, eine Zeile über {1} {2}</translation>
    </message>
    <message>
        <source>{0}: damaged, a line has no {1}</source>
        <translation>{0}: beschädigt, eine Zeile hat kein {1}</translation>
    </message>
    <message>
        <source>{0}: damaged, a line must have at most {1} bytes, found more</source>
        <translation>{0}: beschädigt, eine Zeile darf höchstens {1} Bytes haben, gefunden: mehr</translation>
    </message>
    <message>
        <source>{0}: damaged, archived must be true or false, found {1}</source>
        <translation>{0}: beschädigt, archived muss true oder false sein, gefunden: {1}</translation>
    </message>
    <message>
        <source>{0}: damaged, each of the {1} ids must have the number of a class as its label</source>
        <translation>{0}: beschädigt, jede der {1} ids muss als Klasse die Nummer einer Klasse haben</translation>
    </message>
    <message>
        <source>{0}: damaged, epoch must be at most the number of steps, found {1}</source>
        <translation>{0}: beschädigt, epoch darf höchstens die Zahl der Schritte sein, gefunden: {1}</translation>
    </message>
    <message>
        <source>{0}: damaged, held_out must hold positions below {1}</source>
        <translation>{0}: beschädigt, held_out muss Stellen unter {1} enthalten</translation>
    </message>
    <message>
        <source>{0}: damaged, in a line {1}</source>
        <translation>{0}: beschädigt, in einer Zeile: {1}</translation>
    </message>
    <message>
        <source>{0}: damaged, it has no run.json</source>
        <translation>{0}: beschädigt, hat keine run.json</translation>
    </message>
    <message>
        <source>{0}: damaged, it is not what was written</source>
        <translation>{0}: beschädigt, es ist nicht das, was geschrieben wurde</translation>
    </message>
    <message>
        <source>{0}: damaged, it must name the run&apos;s {1} images, found {2}</source>
        <translation>{0}: beschädigt, muss die {1} Bilder des Laufs nennen, gefunden: {2}</translation>
    </message>
    <message>
        <source>{0}: damaged, it must name {1} images, found {2}</source>
        <translation>{0}: beschädigt, muss {1} Bilder nennen, gefunden: {2}</translation>
    </message>
    <message>
        <source>{0}: damaged, its last line is not valid JSON ({1})</source>
        <translation>{0}: beschädigt, die letzte Zeile ist kein gültiges JSON ({1})</translation>
    </message>
    <message>
        <source>{0}: damaged, its last line must have at most {1} bytes, found more</source>
        <translation>{0}: beschädigt, die letzte Zeile darf höchstens {1} Bytes haben, gefunden: mehr</translation>
    </message>
    <message>
        <source>{0}: damaged, its last line must hold a JSON object, found {1}</source>
        <translation>{0}: beschädigt, die letzte Zeile muss ein JSON-Objekt enthalten, gefunden: {1}</translation>
    </message>
    <message>
        <source>{0}: damaged, its last text must end at byte {1} of {2}</source>
        <translation>{0}: beschädigt, der letzte Text muss bei Byte {1} von {2} enden</translation>
    </message>
    <message>
        <source>{0}: damaged, its {1} must be {2}, found {3}</source>
        <translation>{0}: beschädigt, {1} darin muss {2} sein, gefunden: {3}</translation>
    </message>
    <message>
        <source>{0}: damaged, line {1} is not valid JSON ({2})</source>
        <translation>{0}: beschädigt, Zeile {1} ist kein gültiges JSON ({2})</translation>
    </message>
    <message>
        <source>{0}: damaged, line {1} must hold a JSON object, found {2}</source>
        <translation>{0}: beschädigt, Zeile {1} muss ein JSON-Objekt enthalten, gefunden: {2}</translation>
    </message>
    <message>
        <source>{0}: damaged, must have at most {1} bytes, found {2}</source>
        <translation>{0}: beschädigt, darf höchstens {1} Bytes haben, gefunden: {2}</translation>
    </message>
    <message>
        <source>{0}: damaged, must hold a JSON object, found {1}</source>
        <translation>{0}: beschädigt, muss ein JSON-Objekt enthalten, gefunden: {1}</translation>
    </message>
    <message>
        <source>{0}: damaged, must hold {1} shards, found {2}; run the same &apos;embed&apos; again</source>
        <translation>{0}: beschädigt, muss {1} Shards enthalten, gefunden: {2}; dasselbe „embed“ noch einmal ausführen</translation>
    </message>
    <message>
        <source>{0}: damaged, must hold {1} {2}, found {3}</source>
        <translation>{0}: beschädigt, muss {1} {2} enthalten, gefunden: {3}</translation>
    </message>
    <message>
        <source>{0}: damaged, must name {1} classes, found {2}</source>
        <translation>{0}: beschädigt, muss {1} Klassen nennen, gefunden: {2}</translation>
    </message>
    <message>
        <source>{0}: damaged, not valid JSON ({1})</source>
        <translation>{0}: beschädigt, kein gültiges JSON ({1})</translation>
    </message>
    <message>
        <source>{0}: damaged, optimizer.{1} must have {2}</source>
        <translation>{0}: beschädigt, optimizer.{1} muss {2} haben</translation>
    </message>
    <message>
        <source>{0}: damaged, schema_version must be a whole number, found {1}</source>
        <translation>{0}: beschädigt, schema_version muss eine ganze Zahl sein, gefunden: {1}</translation>
    </message>
    <message>
        <source>{0}: damaged, the name must be that of its step, found step {1}</source>
        <translation>{0}: beschädigt, der Name muss der des Schritts sein, gefunden: Schritt {1}</translation>
    </message>
    <message>
        <source>{0}: damaged, {1} holds values that are not finite</source>
        <translation>{0}: beschädigt, {1} enthält Werte, die nicht endlich sind</translation>
    </message>
    <message>
        <source>{0}: damaged, {1} must be a text, found {2}</source>
        <translation>{0}: beschädigt, {1} muss ein Text sein, gefunden: {2}</translation>
    </message>
    <message>
        <source>{0}: damaged, {1} must be a whole number from 0 up, found {2}</source>
        <translation>{0}: beschädigt, {1} muss eine ganze Zahl ab 0 sein, gefunden: {2}</translation>
    </message>
    <message>
        <source>{0}: damaged, {1} must be an object, found {2}</source>
        <translation>{0}: beschädigt, {1} muss ein Objekt sein, gefunden: {2}</translation>
    </message>
    <message>
        <source>{0}: damaged, {1} must be float64 [E, {2}], found {3}</source>
        <translation>{0}: beschädigt, {1} muss float64 [E, {2}] sein, gefunden: {3}</translation>
    </message>
    <message>
        <source>{0}: damaged, {1} must be from {2} up, line {3} has {4}</source>
        <translation>{0}: beschädigt, {1} muss mindestens {2} sein, in Zeile {3} steht {4}</translation>
    </message>
    <message>
        <source>{0}: damaged, {1}; {2}</source>
        <translation>{0}: beschädigt, {1}; {2}</translation>
    </message>
    <message>
        <source>{0}: damaged, {1}s must ascend, that of line {2} does not</source>
        <translation>{0}: beschädigt, {1} muss steigen, in Zeile {2} nicht der Fall</translation>
    </message>
    <message>
        <source>{0}: damaged, {1}{2}</source>
        <translation>{0}: beschädigt, {1}{2}</translation>
    </message>
    <message>
        <source>{0}: each image must stand once</source>
        <translation>{0}: jedes Bild muss einmal stehen</translation>
    </message>
    <message>
        <source>{0}: each selection must have a name of its own</source>
        <translation>{0}: jede Auswahl muss einen eigenen Namen haben</translation>
    </message>
    <message>
        <source>{0}: episodes need classes, found a run that was trained on a list</source>
        <translation>{0}: Episoden brauchen Klassen, gefunden: ein Lauf, der mit einer Liste trainiert wurde</translation>
    </message>
    <message>
        <source>{0}: further pairs that contradict others in this way: {1}.</source>
        <translation>{0}: weitere Paare, die anderen auf diese Weise widersprechen: {1}.</translation>
    </message>
    <message>
        <source>{0}: gone back to the weights of step {1}.</source>
        <translation>{0}: zurück zu den Gewichten von Schritt {1}.</translation>
    </message>
    <message>
        <source>{0}: groups: {1}, of {2} images; pairs within a group are left out of every evaluation.</source>
        <translation>{0}: Gruppen: {1}, von {2} Bildern; Paare innerhalb einer Gruppe bleiben aus jeder Auswertung weg.</translation>
    </message>
    <message>
        <source>{0}: has no checkpoint yet, so there is no model to load</source>
        <translation>{0}: hat noch keinen Checkpoint, daher gibt es kein Modell zu laden</translation>
    </message>
    <message>
        <source>{0}: has no finished shard yet; run the same &apos;embed&apos; again</source>
        <translation>{0}: hat noch keinen fertigen Shard; dasselbe &apos;embed&apos; noch einmal ausführen</translation>
    </message>
    <message>
        <source>{0}: has no held-out pairs to find the threshold of FPR {1} % on</source>
        <translation>{0}: hat keine zurückgehaltenen Paare, auf denen die Schwelle für FPR {1} % zu finden wäre</translation>
    </message>
    <message>
        <source>{0}: has no image that can be used</source>
        <translation>{0}: hat kein Bild, das sich verwenden lässt</translation>
    </message>
    <message>
        <source>{0}: has no snapshot yet, which episodes take held-out embeddings from</source>
        <translation>{0}: hat noch keinen Blick, aus dem Episoden zurückgehaltene Embeddings nehmen</translation>
    </message>
    <message>
        <source>{0}: has no snapshot yet, which open-set rates take held-out images from</source>
        <translation>{0}: hat noch keinen Blick, aus dem Raten der offenen Menge zurückgehaltene Bilder nehmen</translation>
    </message>
    <message>
        <source>{0}: has no snapshot yet; the first is kept after its first epoch</source>
        <translation>{0}: hat noch keinen Blick; der erste wird nach seiner ersten Epoche aufbewahrt</translation>
    </message>
    <message>
        <source>{0}: has no steps yet, so there are no scalars to write</source>
        <translation>{0}: hat noch keine Schritte, daher gibt es keine Skalare zu schreiben</translation>
    </message>
    <message>
        <source>{0}: has no threshold yet, and the list has no folds to find one by</source>
        <translation>{0}: hat noch keine Schwelle, und die Liste hat keine Teile, mit denen eine zu finden wäre</translation>
    </message>
    <message>
        <source>{0}: has no threshold yet; give one by --threshold, have it found by --fpr on held-out pairs{1}</source>
        <translation>{0}: hat noch keine Schwelle; eine mit --threshold angeben, mit --fpr auf zurückgehaltenen Paaren finden lassen{1}</translation>
    </message>
    <message>
        <source>{0}: has no {1} distance of step {2}; fit it by evaluate --distance {3}</source>
        <translation>{0}: hat keine Distanz {1} von Schritt {2}; anzupassen mit evaluate --distance {3}</translation>
    </message>
    <message>
        <source>{0}: holds a bundle already; choose another folder, or replace it ({1})</source>
        <translation>{0}: enthält schon ein Bundle; einen anderen Ordner wählen oder es ersetzen ({1})</translation>
    </message>
    <message>
        <source>{0}: holds a run already; choose another folder, or go on with it by --resume</source>
        <translation>{0}: enthält schon einen Lauf; einen anderen Ordner wählen oder den Lauf mit --resume fortsetzen</translation>
    </message>
    <message>
        <source>{0}: holds {1} ({2}, {3} images a shard); choose another folder</source>
        <translation>{0}: enthält {1} ({2}, {3} Bilder je Shard); einen anderen Ordner wählen</translation>
    </message>
    <message>
        <source>{0}: ignored, it cannot be taken ({1})</source>
        <translation>{0}: nicht beachtet, lässt sich nicht nehmen ({1})</translation>
    </message>
    <message>
        <source>{0}: ignored, {1}; {2}</source>
        <translation>{0}: nicht beachtet, {1}; {2}</translation>
    </message>
    <message>
        <source>{0}: image {1} must have a class and a path below images, found {2}</source>
        <translation>{0}: Bild {1} muss eine Klasse und einen Pfad unter images haben, gefunden: {2}</translation>
    </message>
    <message>
        <source>{0}: images and rows left out: {1}, the first {2}: {3}</source>
        <translation>{0}: weggelassene Bilder und Zeilen: {1}, zuerst {2}: {3}</translation>
    </message>
    <message>
        <source>{0}: images that are not in the data: {1}, {2}.</source>
        <translation>{0}: Bilder, die nicht in den Daten sind: {1}, {2}.</translation>
    </message>
    <message>
        <source>{0}: images with classes are needed, found a list of {1}</source>
        <translation>{0}: Bilder mit Klassen sind nötig, gefunden: eine Liste ({1})</translation>
    </message>
    <message>
        <source>{0}: its embedding must be finite, found NaN or infinity</source>
        <translation>{0}: das Embedding muss endlich sein, gefunden: NaN oder unendlich</translation>
    </message>
    <message>
        <source>{0}: line {1} says that {2} and {3} differ, {4} that they are the same.</source>
        <translation>{0}: Zeile {1} sagt, dass {2} und {3} verschieden sind, {4}, dass sie gleich sind.</translation>
    </message>
    <message>
        <source>{0}: masks are no images to compare, so only those in images are.</source>
        <translation>{0}: Masken sind keine Bilder zum Vergleichen, daher werden nur die in images verglichen.</translation>
    </message>
    <message>
        <source>{0}: must be a folder, found a file</source>
        <translation>{0}: muss ein Ordner sein, gefunden: eine Datei</translation>
    </message>
    <message>
        <source>{0}: must be a gallery, found another SQLite file; it was left as it is, move it away to begin a gallery</source>
        <translation>{0}: muss eine Galerie sein, gefunden: eine andere SQLite-Datei; sie blieb, wie sie ist; wegbewegen, um eine Galerie zu beginnen</translation>
    </message>
    <message>
        <source>{0}: must be a new folder or one that holds embeddings, found other files in it</source>
        <translation>{0}: muss ein neuer Ordner sein oder einer mit Embeddings, gefunden: andere Dateien darin</translation>
    </message>
    <message>
        <source>{0}: must be a new or an empty folder, found {1}</source>
        <translation>{0}: muss ein neuer oder leerer Ordner sein, gefunden: {1}</translation>
    </message>
    <message>
        <source>{0}: must be a number of gigabytes from 0 on, found {1}</source>
        <translation>{0}: muss eine Zahl von Gigabytes ab 0 sein, gefunden: {1}</translation>
    </message>
    <message>
        <source>{0}: must be a number of megapixels above 0, found {1}</source>
        <translation>{0}: muss eine Zahl von Megapixeln über 0 sein, gefunden: {1}</translation>
    </message>
    <message>
        <source>{0}: must be at least {1}, found {2}</source>
        <translation>{0}: muss mindestens {1} sein, gefunden: {2}</translation>
    </message>
    <message>
        <source>{0}: must be compared with something else, found it {1} times</source>
        <translation>{0}: muss mit etwas anderem verglichen werden, gefunden: {1}-mal</translation>
    </message>
    <message>
        <source>{0}: must be smaller than {1} MB; {2}</source>
        <translation>{0}: muss kleiner als {1} MB sein; {2}</translation>
    </message>
    <message>
        <source>{0}: must end in .csv, found {1}</source>
        <translation>{0}: muss auf .csv enden, gefunden: {1}</translation>
    </message>
    <message>
        <source>{0}: must end in .onnx, found {1}</source>
        <translation>{0}: muss auf .onnx enden, gefunden: {1}</translation>
    </message>
    <message>
        <source>{0}: must hold &lt;alphabet&gt;/&lt;character&gt;/&lt;file&gt;.png, found none</source>
        <translation>{0}: muss &lt;Alphabet&gt;/&lt;Zeichen&gt;/&lt;Datei&gt;.png enthalten, gefunden: nichts</translation>
    </message>
    <message>
        <source>{0}: must hold embeddings of {1} dimensions as {2} says, found {3}</source>
        <translation>{0}: muss Embeddings mit {1} Dimensionen enthalten, wie {2} sagt, gefunden: {3}</translation>
    </message>
    <message>
        <source>{0}: must hold two people with two images at least, found {1}</source>
        <translation>{0}: muss zwei Personen mit mindestens zwei Bildern enthalten, gefunden: {1}</translation>
    </message>
    <message>
        <source>{0}: must lie outside of the images&apos; folder {1}, where it would be a class of them</source>
        <translation>{0}: muss außerhalb des Bilderordners {1} liegen, wo er eine Klasse davon wäre</translation>
    </message>
    <message>
        <source>{0}: must list the same pairs of the images in common as {1}</source>
        <translation>{0}: muss dieselben Paare der gemeinsamen Bilder aufführen wie {1}</translation>
    </message>
    <message>
        <source>{0}: must name images of this run, each once, found {1}{2}; delete the file to exclude none</source>
        <translation>{0}: muss Bilder dieses Laufs nennen, jedes einmal, gefunden: {1}{2}; die Datei löschen, um keines auszuschließen</translation>
    </message>
    <message>
        <source>{0}: neither a run nor a bundle, its {1} must have the format {2}</source>
        <translation>{0}: weder ein Lauf noch ein Bundle, {1} darin muss das Format {2} haben</translation>
    </message>
    <message>
        <source>{0}: neither folder may lie in the other, found that with {1}</source>
        <translation>{0}: keiner der Ordner darf im anderen liegen, gefunden: dies mit {1}</translation>
    </message>
    <message>
        <source>{0}: no connection to {1} ({2}){3}</source>
        <translation>{0}: keine Verbindung zu {1} ({2}){3}</translation>
    </message>
    <message>
        <source>{0}: no data set of the catalog ({1})</source>
        <translation>{0}: kein Datensatz des Katalogs ({1})</translation>
    </message>
    <message>
        <source>{0}: no figure, since more impostor pairs than that share the smallest distance</source>
        <translation>{0}: keine Größe, da sich mehr fremde Paare die kleinste Distanz teilen, als diese Rate zulässt</translation>
    </message>
    <message>
        <source>{0}: no figure, since {1} impostor pairs cannot show a rate that low</source>
        <translation>{0}: keine Größe, da {1} fremde Paare eine so kleine Rate nicht zeigen können</translation>
    </message>
    <message>
        <source>{0}: no image has the name of one in {1}; --match all pairs all with all</source>
        <translation>{0}: kein Bild heißt wie eines in {1}; --match all paart alle mit allen</translation>
    </message>
    <message>
        <source>{0}: no image may be for test and training both, found {1}</source>
        <translation>{0}: kein Bild darf zugleich zum Testen und zum Trainieren sein, gefunden: {1}</translation>
    </message>
    <message>
        <source>{0}: no images were found; the folder must be laid out as &lt;class&gt;/&lt;file&gt;</source>
        <translation>{0}: keine Bilder gefunden; der Ordner muss als &lt;Klasse&gt;/&lt;Datei&gt; angelegt sein</translation>
    </message>
    <message>
        <source>{0}: no images were found; the folder must be laid out as {1}</source>
        <translation>{0}: keine Bilder gefunden; der Ordner muss so angelegt sein: {1}</translation>
    </message>
    <message>
        <source>{0}: no line for {1}; {2}</source>
        <translation>{0}: keine Zeile seit {1}; {2}</translation>
    </message>
    <message>
        <source>{0}: no row follows the header</source>
        <translation>{0}: auf die Kopfzeile folgt keine Zeile</translation>
    </message>
    <message>
        <source>{0}: no such file</source>
        <translation>{0}: keine solche Datei</translation>
    </message>
    <message>
        <source>{0}: no such folder, and no data set of this name ({1})</source>
        <translation>{0}: kein solcher Ordner, und kein Datensatz dieses Namens ({1})</translation>
    </message>
    <message>
        <source>{0}: no such setting; there are {1}</source>
        <translation>{0}: keine solche Einstellung; es gibt {1}</translation>
    </message>
    <message>
        <source>{0}: no threshold, {1}</source>
        <translation>{0}: keine Schwelle, {1}</translation>
    </message>
    <message>
        <source>{0}: nobody is enrolled as {1}</source>
        <translation>{0}: niemand ist als {1} eingetragen</translation>
    </message>
    <message>
        <source>{0}: not a checkpoint of metric-explorer, its format is {1}</source>
        <translation>{0}: kein Checkpoint von metric-explorer, sein Format ist {1}</translation>
    </message>
    <message>
        <source>{0}: not a checkpoint of this model, its optimizer has no {1}</source>
        <translation>{0}: kein Checkpoint dieses Modells, sein Optimierer hat kein {1}</translation>
    </message>
    <message>
        <source>{0}: not a run folder, it has no run.json</source>
        <translation>{0}: kein Lauf-Ordner, er hat keine run.json</translation>
    </message>
    <message>
        <source>{0}: not a valid TOML file ({1})</source>
        <translation>{0}: keine gültige TOML-Datei ({1})</translation>
    </message>
    <message>
        <source>{0}: not downloaded yet; `metric-explorer download {1}` fetches {2} MB (licence: {3})</source>
        <translation>{0}: noch nicht heruntergeladen; `metric-explorer download {1}` holt {2} MB (Lizenz: {3})</translation>
    </message>
    <message>
        <source>{0}: not written, its {1} must be within {2} of torch&apos;s, found {3} apart</source>
        <translation>{0}: nicht geschrieben, {1} darf von torch um höchstens {2} abweichen, gefunden: {3}</translation>
    </message>
    <message>
        <source>{0}: not {1} of this {2}, only {3} has {4}</source>
        <translation>{0}: passt nicht als {1} ({2}), nur {3} hat {4}</translation>
    </message>
    <message>
        <source>{0}: only http and https are fetched from</source>
        <translation>{0}: geholt wird nur über http und https</translation>
    </message>
    <message>
        <source>{0}: queries must be embeddings of {1} dimensions, found {2}</source>
        <translation>{0}: Anfragen müssen Embeddings mit {1} Dimensionen sein, gefunden: {2}</translation>
    </message>
    <message>
        <source>{0}: rests on at most {1} accepted of {2} impostor pairs; a sound figure needs {3}</source>
        <translation>{0}: beruht auf höchstens {1} angenommenen von {2} fremden Paaren; eine belastbare Größe braucht {3}</translation>
    </message>
    <message>
        <source>{0}: rows that repeat an earlier one, which counts once: {1}, the first in line {2}, of line {3}.</source>
        <translation>{0}: Zeilen, die eine frühere wiederholen, welche einmal zählt: {1}; die erste in Zeile {2} wiederholt Zeile {3}.</translation>
    </message>
    <message>
        <source>{0}: runs are listed from a folder, found {1}</source>
        <translation>{0}: Läufe werden aus einem Ordner aufgeführt, gefunden: {1}</translation>
    </message>
    <message>
        <source>{0}: the bundle cannot be written ({1})</source>
        <translation>{0}: das Bundle ist nicht schreibbar ({1})</translation>
    </message>
    <message>
        <source>{0}: the checkpoint cannot be read ({1})</source>
        <translation>{0}: der Checkpoint ist nicht lesbar ({1})</translation>
    </message>
    <message>
        <source>{0}: the checkpoint cannot be written ({1})</source>
        <translation>{0}: der Checkpoint ist nicht schreibbar ({1})</translation>
    </message>
    <message>
        <source>{0}: the column fold must name at least 2 folds, found {1} alone</source>
        <translation>{0}: die Spalte fold muss mindestens 2 Teile nennen, gefunden: nur {1}</translation>
    </message>
    <message>
        <source>{0}: the column {1} must not stand here too, another file has it</source>
        <translation>{0}: die Spalte {1} darf nicht auch hier stehen, eine andere Datei hat sie</translation>
    </message>
    <message>
        <source>{0}: the column {1} must stand once, found it {2} times</source>
        <translation>{0}: die Spalte {1} muss einmal stehen, gefunden: {2}-mal</translation>
    </message>
    <message>
        <source>{0}: the columns {1} are passed over.</source>
        <translation>{0}: übergangene Spalten: {1}.</translation>
    </message>
    <message>
        <source>{0}: the columns {1} are passed over: neither numbers nor text.</source>
        <translation>{0}: übergangene Spalten: {1}; sie sind weder Zahlen noch Text.</translation>
    </message>
    <message>
        <source>{0}: the configuration cannot be read ({1})</source>
        <translation>{0}: die Konfiguration ist nicht lesbar ({1})</translation>
    </message>
    <message>
        <source>{0}: the connection to {1} was lost ({2}){3}</source>
        <translation>{0}: die Verbindung zu {1} ging verloren ({2}){3}</translation>
    </message>
    <message>
        <source>{0}: the decoded images need {1} GB of temporary space, found {2} GB</source>
        <translation>{0}: die dekodierten Bilder brauchen {1} GB vorübergehenden Platz, gefunden: {2} GB</translation>
    </message>
    <message>
        <source>{0}: the disk is full, so training waits after step {1}; make room and resume (it tries again by itself every {2} s)</source>
        <translation>{0}: der Datenträger ist voll, daher wartet das Training nach Schritt {1}; Platz schaffen und fortsetzen (es versucht es selbst alle {2} s wieder)</translation>
    </message>
    <message>
        <source>{0}: the distance cannot be read ({1})</source>
        <translation>{0}: die Distanz ist nicht lesbar ({1})</translation>
    </message>
    <message>
        <source>{0}: the distance cannot be written ({1})</source>
        <translation>{0}: die Distanz ist nicht schreibbar ({1})</translation>
    </message>
    <message>
        <source>{0}: the file cannot be read ({1})</source>
        <translation>{0}: die Datei ist nicht lesbar ({1})</translation>
    </message>
    <message>
        <source>{0}: the file cannot be read as Parquet ({1})</source>
        <translation>{0}: die Datei ist nicht als Parquet lesbar ({1})</translation>
    </message>
    <message>
        <source>{0}: the file is empty; {1}</source>
        <translation>{0}: die Datei ist leer; {1}</translation>
    </message>
    <message>
        <source>{0}: the file of held-out classes cannot be read ({1})</source>
        <translation>{0}: die Datei der zurückgehaltenen Klassen ist nicht lesbar ({1})</translation>
    </message>
    <message>
        <source>{0}: the file of held-out classes must be UTF-8 text ({1})</source>
        <translation>{0}: die Datei der zurückgehaltenen Klassen muss UTF-8-Text sein ({1})</translation>
    </message>
    <message>
        <source>{0}: the first of its {1} {2} is used</source>
        <translation>{0}: das erste Bild wird benutzt ({1} {2})</translation>
    </message>
    <message>
        <source>{0}: the folder cannot be read ({1})</source>
        <translation>{0}: der Ordner ist nicht lesbar ({1})</translation>
    </message>
    <message>
        <source>{0}: the folder of the list&apos;s images is needed, found no folder</source>
        <translation>{0}: der Ordner mit den Bildern der Liste ist nötig, gefunden: kein Ordner</translation>
    </message>
    <message>
        <source>{0}: the images have changed since the run was trained on them</source>
        <translation>{0}: die Bilder haben sich geändert, seit der Lauf mit ihnen trainiert wurde</translation>
    </message>
    <message>
        <source>{0}: the images have changed since {1} was trained on them</source>
        <translation>{0}: die Bilder haben sich geändert, seit {1} mit ihnen trainiert wurde</translation>
    </message>
    <message>
        <source>{0}: the index needs {1} GB, found {2} GB free</source>
        <translation>{0}: der Index braucht {1} GB, gefunden: {2} GB frei</translation>
    </message>
    <message>
        <source>{0}: the model makes no finite embedding of it</source>
        <translation>{0}: das Modell macht daraus kein endliches Embedding</translation>
    </message>
    <message>
        <source>{0}: the random state is damaged or missing ({1})</source>
        <translation>{0}: der Zufallszustand ist beschädigt oder fehlt ({1})</translation>
    </message>
    <message>
        <source>{0}: the run folder can no longer be written to ({1})</source>
        <translation>{0}: der Lauf-Ordner ist nicht mehr schreibbar ({1})</translation>
    </message>
    <message>
        <source>{0}: the run is gone; list the runs again</source>
        <translation>{0}: der Lauf ist nicht mehr da; die Läufe neu aufführen</translation>
    </message>
    <message>
        <source>{0}: the run was moved or deleted while it was followed</source>
        <translation>{0}: der Lauf wurde verschoben oder gelöscht, während er verfolgt wurde</translation>
    </message>
    <message>
        <source>{0}: the server answers {1} {2}{3}</source>
        <translation>{0}: der Server antwortet {1} {2}{3}</translation>
    </message>
    <message>
        <source>{0}: the snapshot is damaged ({1})</source>
        <translation>{0}: der Blick ist beschädigt ({1})</translation>
    </message>
    <message>
        <source>{0}: the stored threshold must be for a {1} distance fitted at the model&apos;s step {2}, found step {3}; choose it anew, or give --threshold or --fpr</source>
        <translation>{0}: die gespeicherte Schwelle muss für eine Distanz ({1}) sein, die bei Schritt {2} des Modells angepasst wurde, gefunden: Schritt {3}; neu wählen, oder --threshold oder --fpr angeben</translation>
    </message>
    <message>
        <source>{0}: the table cannot be written ({1})</source>
        <translation>{0}: die Tabelle ist nicht schreibbar ({1})</translation>
    </message>
    <message>
        <source>{0}: the threshold must be for the {1} distance that pairs are compared by, found one for {2}</source>
        <translation>{0}: die Schwelle muss für die Distanz sein, mit der Paare verglichen werden ({1}), gefunden: eine für {2}</translation>
    </message>
    <message>
        <source>{0}: the {1} images or labels of Fashion-MNIST cannot be read ({2})</source>
        <translation>{0}: die Bilder oder Klassen von Fashion-MNIST ({1}) sind nicht lesbar ({2})</translation>
    </message>
    <message>
        <source>{0}: torchrun {1}; its output is in {2}</source>
        <translation>{0}: torchrun {1}; die Ausgabe steht in {2}</translation>
    </message>
    <message>
        <source>{0}: training cannot be started ({1})</source>
        <translation>{0}: das Training lässt sich nicht starten ({1})</translation>
    </message>
    <message>
        <source>{0}: training needs at least two classes with two images each, found {1} in the {2} split; hold out less</source>
        <translation>{0}: das Training braucht mindestens zwei Klassen mit je zwei Bildern, gefunden: {1} (Teilung: {2}); weniger zurückhalten</translation>
    </message>
    <message>
        <source>{0}: two different folders are needed, found one twice; alone it gives every pair</source>
        <translation>{0}: zwei verschiedene Ordner sind nötig, gefunden: zweimal derselbe; allein ergibt er jedes Paar</translation>
    </message>
    <message>
        <source>{0}: was changed by another window since; choose the data set again to see how</source>
        <translation>{0}: inzwischen von einem anderen Fenster geändert; den Datensatz neu wählen, um zu sehen, wie</translation>
    </message>
    <message>
        <source>{0}: was embedded by step {1} of {2}, whose weights are not those of {3} now; embed the images again</source>
        <translation>{0}: eingebettet mit Schritt {1} von {2}, dessen Gewichte nicht die jetzigen von {3} sind; die Bilder neu einbetten</translation>
    </message>
    <message>
        <source>{0}: what came is not the file that was stated ({1} {2} expected, found {3}); it was deleted, try again later</source>
        <translation>{0}: was kam, ist nicht die angegebene Datei ({1}: erwartet {2}, gefunden: {3}); sie wurde gelöscht, später noch einmal versuchen</translation>
    </message>
    <message>
        <source>{0}: written by a newer version (schema {1})</source>
        <translation>{0}: von einer neueren Version geschrieben (Schema {1})</translation>
    </message>
    <message>
        <source>{0}: written by a newer version (schema {1}); this one reads up to schema 1</source>
        <translation>{0}: von einer neueren Version geschrieben (Schema {1}); diese liest bis Schema 1</translation>
    </message>
    <message>
        <source>{0}: written by a newer version (schema {1}); this one reads up to schema {2}</source>
        <translation>{0}: von einer neueren Version geschrieben (Schema {1}); diese liest bis Schema {2}</translation>
    </message>
    <message>
        <source>{0}: {1} cannot be read ({2} is not an array)</source>
        <translation>{0}: nicht lesbar: {1} ({2} ist kein Array)</translation>
    </message>
    <message>
        <source>{0}: {1} cannot be read ({2})</source>
        <translation>{0}: nicht lesbar: {1} ({2})</translation>
    </message>
    <message>
        <source>{0}: {1} edits are of images that are not there, the first {2}.</source>
        <translation>{0}: {1} Bearbeitungen gelten Bildern, die nicht da sind, zuerst {2}.</translation>
    </message>
    <message>
        <source>{0}: {1} has ended and trains no further with {2}; start a new run from its weights by --init</source>
        <translation>{0}: {1} ist beendet und trainiert mit {2} nicht weiter; mit --init einen neuen Lauf von seinen Gewichten beginnen</translation>
    </message>
    <message>
        <source>{0}: {1} holds values that are not finite</source>
        <translation>{0}: {1} enthält Werte, die nicht endlich sind</translation>
    </message>
    <message>
        <source>{0}: {1} must be of the same class in all runs, found {2} and {3} in {4}</source>
        <translation>{0}: {1} muss in allen Läufen aus derselben Klasse sein, gefunden: {2}, und {3} in {4}</translation>
    </message>
    <message>
        <source>{0}: {1} must have shape {2}, found {3}</source>
        <translation>{0}: {1} muss die Form {2} haben, gefunden: {3}</translation>
    </message>
    <message>
        <source>{0}: {1} must hold the {2} images that were counted, found {3}; begin again when nobody changes the folder</source>
        <translation>{0}: {1} muss die {2} gezählten Bilder enthalten, gefunden: {3}; neu beginnen, wenn niemand den Ordner ändert</translation>
    </message>
    <message>
        <source>{0}: {1} must hold {2}, found {3}</source>
        <translation>{0}: {1} muss {2} enthalten, gefunden: {3}</translation>
    </message>
    <message>
        <source>{0}: {1} needs {2} GB of room, found {3} GB</source>
        <translation>{0}: {1} braucht {2} GB Platz, gefunden: {3} GB</translation>
    </message>
    <message>
        <source>{0}: {1} of {2} images left out, since not every run holds them out</source>
        <translation>{0}: {1} von {2} Bildern weggelassen, da nicht jeder Lauf sie zurückhält</translation>
    </message>
    <message>
        <source>{0}: {1} of {2} images match no name in {3}, the first {4}.</source>
        <translation>{0}: {1} von {2} Bildern passen zu keinem Namen in {3}, das erste ist {4}.</translation>
    </message>
    <message>
        <source>{0}: {1} to train on; hold out less</source>
        <translation>{0}: zum Trainieren: {1}; weniger zurückhalten</translation>
    </message>
    <message>
        <source>{0}: {1} {2} images must have as many labels of 0 to 9, found others</source>
        <translation>{0}: {1} Bilder von {2} müssen ebenso viele Klassen von 0 bis 9 haben, gefunden: andere</translation>
    </message>
    <message>
        <source>{0}: {1}, found {2}</source>
        <translation>{0}: {1}, gefunden: {2}</translation>
    </message>
    <message>
        <source>{0}: {1}; remove it, or move the file away</source>
        <translation>{0}: {1}; das Bild entfernen, oder die Datei wegbewegen</translation>
    </message>
    <message>
        <source>{0}: {1}the process that wrote it has ended, train --resume {2}</source>
        <translation>{0}: {1}der Prozess, der ihn schrieb, ist beendet; train --resume {2}</translation>
    </message>
    <message>
        <source>{0}; choose another folder, or delete this one</source>
        <translation>{0}; einen anderen Ordner wählen oder diesen löschen</translation>
    </message>
    <message>
        <source>{0}; going on from the checkpoint before it</source>
        <translation>{0}; weiter vom Checkpoint davor</translation>
    </message>
    <message>
        <source>{0}; the run keeps its last weights instead of those of its best epoch</source>
        <translation>{0}; der Lauf behält seine letzten Gewichte statt der seiner besten Epoche</translation>
    </message>
    <message>
        <source>{0}; the same &apos;embed&apos; makes this shard anew</source>
        <translation>{0}; dasselbe „embed“ macht diesen Shard neu</translation>
    </message>
    <message>
        <source>{0}; {1} times the last good state was gone back to without a good epoch since, lower the learning rate or the weights of the losses</source>
        <translation>{0}; {1}-mal wurde auf den letzten guten Zustand zurückgesetzt, ohne eine gute Epoche seither; die Lernrate oder die Gewichte der Verluste senken</translation>
    </message>
    <message>
        <source>{0}{1} genuine and {2} impostor pairs</source>
        <translation>{0}{1} echte und {2} fremde Paare</translation>
    </message>
    <message>
        <source>{0}{1}, found {2}</source>
        <translation>{0}{1}, gefunden: {2}</translation>
    </message>
    <message>
        <source>en</source>
        <translation>de</translation>
    </message>
    <message>
        <source>{message}; the window goes on</source>
        <translation>{message}; das Fenster läuft weiter</translation>
    </message>
    <message>
        <source>End the reading; what was shown before stays.</source>
        <translation>Das Lesen beenden; was vorher gezeigt wurde, bleibt.</translation>
    </message>
    <message>
        <source>Cancelled; what was shown before stays</source>
        <translation>Abgebrochen; was vorher gezeigt wurde, bleibt</translation>
    </message>
</context>
</TS>
