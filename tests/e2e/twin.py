"""Opens the same window on the same display, says where its controls are, and closes again.

The end-to-end test drives the real program from outside, by mouse; this tells it where to point.
Prints one JSON object: name -> [x, y, width, height] on the screen. With the folder of a run it opens that first, since
what there is to say of a curve decides where the controls below it stand.
"""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from explorer import theme
from explorer.main_window import MainWindow
from explorer.settings import Settings
from explorer.widgets.verdict_line import VerdictSymbol


def rectangle(widget: QWidget) -> list[int]:
    corner = widget.mapToGlobal(QPoint(0, 0))
    return [corner.x(), corner.y(), widget.width(), widget.height()]


def main(folder: Path, run: Path | None) -> None:
    application = QApplication([])
    application.setStyle("Fusion")
    theme.apply("light")
    window = MainWindow(Settings(), folder)

    def tell() -> None:
        window.panels.verify._stack.setCurrentIndex(1)  # as it is with a verdict
        application.processEvents()
        found = {
            "start": window.bar.widgetForAction(window.bar.start),
            "slot_a": window.findChild(QWidget, "slot_a"),
            "slot_b": window.findChild(QWidget, "slot_b"),
            "threshold": window.findChild(QWidget, "threshold_slider"),
            "verdict": window.panels.verify.findChild(VerdictSymbol),
        }
        print(json.dumps({name: rectangle(widget) for name, widget in found.items()}))
        window.close()
        application.quit()

    if run is None:
        window.built.connect(lambda: QTimer.singleShot(1500, tell))
    else:
        window.ready.connect(lambda: window.run.open_run(run))
        window.built.connect(lambda: window.run.opened.connect(lambda _opened: QTimer.singleShot(3000, tell)))
    window.show()
    QTimer.singleShot(0, window, window.build_next)
    application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
